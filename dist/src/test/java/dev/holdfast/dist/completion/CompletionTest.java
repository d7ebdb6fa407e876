package dev.holdfast.dist.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dist.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The scripts, read by real shells. */
final class CompletionTest {
    @TempDir
    private Path folder;

    @Test
    void bash_offersCommandsAndOptions_ofWhereTheCursorIs() throws Exception {
        assertThat(bash(""))
                .contains("restore", "doctor", "completion", "--help")
                .doesNotContain("fetch");
        assertThat(bash("res")).containsExactly("restore");
        assertThat(bash("restore", "")).contains("create", "wait", "fetch").doesNotContain("doctor");
        assertThat(bash("restore", "fetch", "--ex")).containsExactly("--extract");
        assertThat(bash("restore", "--help", "fetch", "56da071f8d022d10b2f0a7c4", "--own"))
                .containsExactly("--owner");
        assertThat(bash("snapshots", "--project", "P", "li")).containsExactly("list");
        assertThat(bash("nonsense", "--da")).isEmpty();
    }

    @Test
    void bash_offersTheValuesOfAnOption() throws Exception {
        assertThat(bash("jobs", "list", "--output", "")).containsExactlyInAnyOrder("table", "json", "yaml");
        assertThat(bash("jobs", "list", "--output", "j")).containsExactly("json");
        Files.createDirectory(folder.resolve("a directory"));
        assertThat(bash("restore", "fetch", "--extract", folder + "/a"))
                .as("paths with spaces stay whole")
                .containsExactly(folder + "/a directory");
        assertThat(bash("restore", "create", "--cluster", "x"))
                .as("nobody knows its names but the server")
                .isEmpty();
    }

    @Test
    void everyWordOfTheTree_isInEachScript() {
        CommandLine top = Main.commandLine();
        for (Shell shell : Shell.values()) {
            String script = shell.script(top);
            for (WordTree command : WordTree.of(top).all()) {
                assertThat(script).as(shell.name()).contains(command.name());
                command.options()
                        .forEach(option -> option.names()
                                .forEach(name ->
                                        assertThat(script).as(shell.name()).contains(name.replaceFirst("^-+", ""))));
            }
        }
    }

    @Test
    void fish_offersCommandsAndOptions_ofWhereTheCursorIs() throws Exception {
        Path script = script(Shell.FISH);
        assertThat(fish(script, "holdfast res")).containsExactly("restore");
        assertThat(fish(script, "holdfast restore "))
                .contains("create", "wait", "fetch")
                .doesNotContain("doctor");
        assertThat(fish(script, "holdfast restore fetch --ext")).containsExactly("--extract");
        assertThat(fish(script, "holdfast jobs list --output j")).containsExactly("json");
    }

    @Test
    void zsh_readsItsScript_andHasAFunctionForEachCommand() throws Exception {
        Path script = script(Shell.ZSH);
        String said = said(
                "zsh",
                "-f",
                "-c",
                "autoload -U compinit; compinit -D; source '" + script
                        + "'; whence -w _holdfast_restore_fetch; print -r -- $_comps[holdfast]");
        assertThat(said.lines()).containsExactly("_holdfast_restore_fetch: function", "_holdfast");
    }

    private List<String> fish(Path script, String line) throws Exception {
        return said("fish", "--no-config", "-c", "source '" + script + "'; complete -C '" + line + "'")
                .lines()
                .map(one -> one.split("\t")[0])
                .toList();
    }

    private Path script(Shell shell) throws IOException {
        return Files.writeString(folder.resolve(shell + ".script"), shell.script(Main.commandLine()));
    }

    /** What a program prints; a test is left out where there is no such program. */
    private static String said(String... words) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(words).redirectErrorStream(true).start();
        } catch (IOException notInstalled) {
            Assumptions.abort(words[0] + " is not installed");
            throw notInstalled;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    /** What bash offers when the tab key is struck after {@code holdfast WORDS}. */
    private List<String> bash(String... words) throws Exception {
        Path script = Files.writeString(folder.resolve("bash.script"), Shell.BASH.script(Main.commandLine()));
        StringBuilder line = new StringBuilder("set -eu; source '" + script + "'; COMP_WORDS=(holdfast");
        for (String word : words) {
            line.append(" '").append(word).append('\'');
        }
        line.append("); COMP_CWORD=").append(words.length).append("; _holdfast; printf '%s\\n' \"${COMPREPLY[@]-}\"");
        return said("bash", "--norc", "-c", line.toString())
                .lines()
                .filter(one -> !one.isEmpty())
                .toList();
    }
}
