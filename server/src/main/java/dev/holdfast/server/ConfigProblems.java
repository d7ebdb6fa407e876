package dev.holdfast.server;

import java.util.List;

/** Settings that cannot be used, all of them at once, each with its name and what would do. */
public final class ConfigProblems extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    ConfigProblems(String source, List<String> problems) {
        super(text(source, problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence for each problem. */
    public List<String> problems() {
        return problems == null ? List.of() : problems;
    }

    private static String text(String source, List<String> problems) {
        StringBuilder text =
                new StringBuilder(problems.size() == 1 ? "a setting in " : problems.size() + " settings in ");
        text.append(source).append(" cannot be used:");
        int number = 1;
        for (String problem : problems) {
            text.append("\n  ").append(number++).append(". ").append(problem);
        }
        return text.append("\nHINT: docs/configuration.md lists every setting with its default and bounds.")
                .toString();
    }
}
