package dev.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.server.testing.PrintedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each documented rule of the API has tests that prove it, or a reason in writing: {@code docs/coverage.tsv}, of which
 * {@code docs/coverage.md} is printed. A test that is renamed or deleted is missed here.
 */
class CoverageTest {
    private static final Path LIST = Path.of("..", "docs", "coverage.tsv");
    private static final Path PAGE = Path.of("..", "docs", "coverage.md");
    private static final List<String> MODULES = List.of("agent", "cli", "contract", "dist", "e2e", "server", "store");
    private static final Pattern TEST =
            Pattern.compile("@(?:Test|Property|ParameterizedTest)\\b.*?\\bvoid (\\w+)\\(", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[A-Z]\\w+\\.\\w+");
    private static final Map<String, String> SECTIONS = Map.of(
            "01", "Conventions",
            "02", "Restore jobs",
            "03", "Snapshots, schedules, backup configurations, checkpoints",
            "04", "Deployment and administration",
            "05", "Error codes");

    /**
     * A rule.
     *
     * @param proof names of tests with commas between them, or {@code reason:} why there is none
     */
    private record Rule(String id, String endpoint, String text, String proof) {
        boolean isExcused() {
            return proof.startsWith("reason: ");
        }
    }

    @Test
    void everyRuleHasATest_orAReason() throws IOException {
        Set<String> tests = tests();
        List<String> faults = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Rule rule : rules()) {
            if (!ids.add(rule.id()) || rule.text().isBlank() || rule.proof().isBlank()) {
                faults.add(rule.id() + " is there twice, or empty");
            }
            if (rule.isExcused()) {
                continue;
            }
            for (String name : rule.proof().split(", ")) {
                if (!NAME.matcher(name).matches() || !tests.contains(name)) {
                    faults.add(rule.id() + ": there is no test " + name);
                }
            }
        }
        assertThat(faults).isEmpty();
        assertThat(ids).hasSizeGreaterThan(230);
    }

    @Test
    void page_isTheList() throws IOException {
        PrintedPage.check(PAGE, print(rules()));
    }

    private static String print(List<Rule> rules) {
        long reasons = rules.stream().filter(Rule::isExcused).count();
        StringBuilder page = new StringBuilder("""
                # Coverage

                Each documented rule of the API, in our words, and what proves it. Printed by a test from `coverage.tsv`; the
                build fails when a rule has neither a test nor a reason, and when a test that is named here is not there.

                """);
        page.append(rules.size() + " rules: " + (rules.size() - reasons) + " proven, " + reasons
                + " with a reason why not.\n");
        String section = "";
        for (Rule rule : rules) {
            String number = rule.id().substring(0, 2);
            if (!number.equals(section)) {
                section = number;
                page.append("\n## ")
                        .append(SECTIONS.get(number))
                        .append("\n\n| rule | endpoint | | proof |\n|---|---|---|---|\n");
            }
            String proof = rule.isExcused() ? rule.proof() : "`" + rule.proof().replace(", ", "`, `") + "`";
            page.append("| " + String.join(" | ", rule.id(), rule.endpoint(), rule.text(), proof) + " |\n");
        }
        return page.toString();
    }

    private static List<Rule> rules() throws IOException {
        List<Rule> rules = new ArrayList<>();
        List<String> lines = Files.readAllLines(LIST);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            assertThat(cells).as(line).hasSize(4);
            rules.add(new Rule(cells[0], cells[1], cells[2], cells[3]));
        }
        return rules;
    }

    /** Every test of every module, {@code Class.method}; read from the sources, for the classes are not all here. */
    private static Set<String> tests() throws IOException {
        Set<String> tests = new HashSet<>();
        Map<String, Path> seen = new HashMap<>();
        for (String module : MODULES) {
            Path folder = Path.of("..", module, "src", "test", "java");
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path file :
                        walk.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String type = file.getFileName().toString().replace(".java", "");
                    seen.put(type, file);
                    Matcher matcher = TEST.matcher(Files.readString(file));
                    while (matcher.find()) {
                        tests.add(type + "." + matcher.group(1));
                    }
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(100);
        return tests;
    }
}
