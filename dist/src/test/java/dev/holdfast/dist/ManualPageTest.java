package dev.holdfast.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The manual pages of the packages name every command that there is. */
final class ManualPageTest {
    @Test
    void holdfast_namesEveryCommand() throws IOException {
        assertNamed("holdfast.1", Main.commandLine());
    }

    @Test
    void holdfastAgent_namesEveryCommand() throws IOException {
        assertNamed("holdfast-agent.1", AgentMain.commandLine());
    }

    private static void assertNamed(String page, CommandLine program) throws IOException {
        String text = Files.readString(Path.of("packaging/man", page)).replace("\\-", "-");
        Set<String> commands = program.getSubcommands().keySet();
        assertThat(commands).isNotEmpty();
        assertThat(commands)
                .allSatisfy(name ->
                        assertThat(text).containsPattern("(?m)^\\.(B|BR) (.*\\W)?" + Pattern.quote(name) + "(\\W|$)"));
    }
}
