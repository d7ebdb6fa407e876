package dev.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class TerminalTest {
    private final StringWriter err = new StringWriter();

    @Test
    void line_hasRateAndTimeLeft() {
        assertThat(Terminal.line("a.tar.gz", 250_000_000, 1_000_000_000, 50_000_000))
                .isEqualTo("a.tar.gz: 25 % of 1000.0 MB, 50.0 MB/s, 0:15 left");
        assertThat(Terminal.line("a.tar.gz", 0, 1_000_000_000_000L, 50_000_000)).endsWith(", 5:33 h left");
        assertThat(Terminal.line("a.tar.gz", 5, 10, 0))
                .as("while it stands still")
                .endsWith("0.0 MB/s");
        assertThat(Terminal.line("a.tar.gz", 10, 10, 1)).as("nothing is left").doesNotContain("left");
    }

    @Test
    void terminal_writesOverItsLine_andAFileGetsPlainOnes() {
        try (Terminal terminal = new Terminal(new PrintWriter(err), true)) {
            terminal.moved("a", 1, 2, 1);
            terminal.moved("a", 2, 2, 1);
            terminal.says("done");
        }
        assertThat(err.toString())
                .startsWith("\ra: 50 %")
                .contains("\ra: 100 %")
                .endsWith("\ndone\n");
        err.getBuffer().setLength(0);
        try (Terminal file = new Terminal(new PrintWriter(err), false)) {
            file.moved("a", 1, 2, 1); // too soon for a line
            file.says("done");
        }
        assertThat(err.toString()).isEqualTo("done\n");
    }
}
