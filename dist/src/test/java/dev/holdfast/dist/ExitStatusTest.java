package dev.holdfast.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Exit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The table of exit statuses in {@code docs/cli.md}, against the code and against what commands say of themselves. */
final class ExitStatusTest {
    private static final Pattern ROW = Pattern.compile("\\| (\\d) \\| (.+?) \\| (.+) \\|");

    @TempDir
    private Path folder;

    @Test
    void everyStatusOfTheCode_isInTheTable_andNoOther() throws Exception {
        TreeSet<Integer> inCode = new TreeSet<>(List.of(CommandLine.ExitCode.USAGE));
        for (Field field : Exit.class.getDeclaredFields()) {
            if (field.getType() == int.class) {
                inCode.add(field.getInt(null));
            }
        }
        assertThat(new TreeSet<>(table().values().stream().flatMap(List::stream).toList()))
                .isEqualTo(inCode);
    }

    @Test
    void everyCommandOfTheTable_saysItsStatusesInItsHelp() throws Exception {
        table().forEach((command, statuses) -> {
            if (command.equals("all")) {
                return;
            }
            CommandLine line = Main.commandLine();
            for (String word : command.split(" ", -1)) {
                line = line.getSubcommands().get(word);
                assertThat(line).as(command).isNotNull();
            }
            String help = line.getUsageMessage().replaceAll("\\s+", " ");
            int at = help.indexOf("Exit status: ");
            assertThat(at).as(command + " says its exit statuses").isNotNegative();
            for (int status : statuses) {
                assertThat(help.substring(at)).as(command).contains(status + " ");
            }
        });
    }

    @Test
    void commands_endAsTheTableSays() {
        String data = folder.resolve("data").toString();
        String nowhere = folder.resolve("nowhere").toString();
        Map<List<String>, Integer> runs = new LinkedHashMap<>();
        runs.put(List.of("version"), 0);
        runs.put(List.of("restore", "--help"), 0);
        runs.put(List.of("completion", "bash"), 0);
        runs.put(List.of("init", "--data", data), 0);
        runs.put(List.of("verify", "--data", data), 0);
        runs.put(List.of("audit", "verify", "--data", data), 0);
        runs.put(List.of("doctor", "--data", nowhere), 1);
        runs.put(List.of("verify", "--data", nowhere), 1);
        runs.put(List.of("drill", "0".repeat(24), "--data", data), 1);
        runs.put(List.of("jobs", "list", "--profile-file", nowhere), 1);
        runs.put(List.of(), 2);
        runs.put(List.of("restroe"), 2);
        runs.put(List.of("restore"), 2);
        runs.put(List.of("restore", "fetch"), 2);
        runs.put(List.of("restore", "fetch", "x", "--streams", "many"), 2);
        runs.put(List.of("restore", "create", "--cluster", "a", "--host", "b", "--snapshot", "latest"), 2);
        runs.put(List.of("completion", "tcsh"), 2);
        runs.forEach((words, status) -> {
            StringWriter said = new StringWriter();
            int exit = Main.commandLine()
                    .setOut(new PrintWriter(said))
                    .setErr(new PrintWriter(said))
                    .execute(words.toArray(String[]::new));
            assertThat(exit).as(words + ": " + said).isEqualTo(status);
        });
    }

    /** Statuses by the commands that have them. */
    private static Map<String, List<Integer>> table() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "cli.md"));
        String section = page.substring(page.indexOf("## Exit status"));
        Map<String, List<Integer>> table = new LinkedHashMap<>();
        for (String line : section.substring(0, section.indexOf("\n## ")).split("\n", -1)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                for (String command : row.group(2).replace("`", "").split(", ", -1)) {
                    table.computeIfAbsent(command, name -> new ArrayList<>()).add(Integer.valueOf(row.group(1)));
                }
            }
        }
        assertThat(table).hasSizeGreaterThan(5);
        return table;
    }
}
