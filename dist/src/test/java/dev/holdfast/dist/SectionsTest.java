package dev.holdfast.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class SectionsTest {
    @Test
    void everyCommand_hasItsPlaceUnderAHeading() {
        CommandLine top = Main.commandLine();
        assertThat(Sections.commands())
                .containsExactlyInAnyOrderElementsOf(top.getSubcommands().keySet());
        List<String> words = top.getUsageMessage().lines().map(String::strip).toList();
        for (String command : Sections.commands()) {
            assertThat(words).anyMatch(line -> line.startsWith(command + " "));
        }
    }

    @Test
    void helpOfEveryCommand_hasAnExample() {
        Deque<CommandLine> left = new ArrayDeque<>(List.of(Main.commandLine()));
        while (!left.isEmpty()) {
            CommandLine one = left.poll();
            left.addAll(one.getSubcommands().values());
            boolean ofAMethod = one.getCommandSpec().userObject() instanceof java.lang.reflect.Method;
            if (!ofAMethod && !one.getCommandName().equals("version")) {
                assertThat(one.getUsageMessage()).as(one.getCommandName()).contains("Example");
            }
        }
    }
}
