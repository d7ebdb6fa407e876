package dev.holdfast.dist;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The commands in the order in which somebody looks for them, under headings. */
final class Sections {
    private static final Map<String, List<String>> HEADINGS = new LinkedHashMap<>();

    static {
        HEADINGS.put(
                "Ask a server, from any machine with an API key:",
                List.of("projects", "clusters", "hosts", "snapshots", "restore", "jobs", "keys", "audit"));
        HEADINGS.put("Run a server:", List.of("demo", "init", "deployment", "serve", "doctor"));
        HEADINGS.put("Capture:", List.of("agent", "snapshot"));
        HEADINGS.put(
                "Look after a store, also beside a running server:",
                List.of("verify", "drill", "repair", "sweep", "copy", "export", "import", "store-keys"));
        HEADINGS.put("This program:", List.of("completion", "version"));
    }

    private static final int INDENT = 2;
    private static final int WIDTH = 80;

    private Sections() {}

    /** Every command there is, in order. */
    static List<String> commands() {
        return HEADINGS.values().stream().flatMap(List::stream).toList();
    }

    /** Shows the commands of {@code top} so. */
    static CommandLine arrange(CommandLine top) {
        top.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        top.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Sections::render);
        return top;
    }

    private static String render(Help help) {
        StringBuilder text = new StringBuilder();
        Map<String, Help> all = help.subcommands();
        int longest = commands().stream().mapToInt(String::length).max().orElse(0);
        HEADINGS.forEach((heading, names) -> {
            text.append(System.lineSeparator()).append(heading).append(System.lineSeparator());
            TextTable table = TextTable.forColumns(
                    help.colorScheme(),
                    new Column(longest + INDENT, INDENT, Overflow.SPAN),
                    new Column(WIDTH - longest - INDENT, INDENT, Overflow.WRAP));
            names.forEach(name -> table.addRowValues(name, sentence(all.get(name))));
            text.append(table);
        });
        return text.toString();
    }

    /** The first one of what a command says of itself. */
    private static String sentence(Help command) {
        String all = String.join(" ", command.commandSpec().usageMessage().description());
        int end = all.indexOf(". ");
        return end < 0 ? all : all.substring(0, end + 1);
    }
}
