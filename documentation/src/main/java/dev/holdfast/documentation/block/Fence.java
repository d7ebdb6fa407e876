package dev.holdfast.documentation.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is written behind a fence.
 *
 * @param language the first word, empty when there is none
 * @param reason why the commands are not run; empty when they are, or when there are none
 * @param output whether it is what the block before prints
 * @param problems what does not keep to the convention
 */
public record Fence(String language, String reason, boolean output, List<String> problems) {
    private static final Pattern WORD = Pattern.compile("([a-z-]+)(?:=\"([^\"]*)\")?(?:\\s+|$)");
    private static final Set<String> SHELLS = Set.of("bash", "sh");
    private static final Set<String> REFUSED = Set.of("console", "shell", "shell-session", "zsh");

    /** Reads an info string, such as {@code bash no-run="needs a mongod"}. */
    public static Fence parse(String info) {
        String text = info.strip();
        int end = text.indexOf(' ');
        String language = end < 0 ? text : text.substring(0, end);
        String rest = end < 0 ? "" : text.substring(end).strip();
        List<String> problems = new ArrayList<>();
        if (language.isEmpty()) {
            problems.add("a fence says what is in it, such as ```text");
        }
        if (REFUSED.contains(language)) {
            problems.add("commands are ```bash, and what they print ```text output, not ```" + language);
        }
        String reason = "";
        boolean output = false;
        boolean shell = SHELLS.contains(language);
        Matcher words = WORD.matcher(rest);
        int at = 0;
        while (at < rest.length()) {
            if (!words.find(at) || words.start() != at) {
                problems.add("not understood behind a fence: " + rest.substring(at));
                break;
            }
            at = words.end();
            String word = words.group(1);
            if (shell
                    && word.equals("no-run")
                    && words.group(2) != null
                    && !words.group(2).isBlank()) {
                reason = words.group(2).strip();
            } else if (language.equals("text") && word.equals("output") && words.group(2) == null) {
                output = true;
            } else if (!(shell && word.equals("run") && words.group(2) == null)) {
                problems.add("not understood behind a fence: " + words.group().strip()
                        + " (for commands: no-run=\"the reason\")");
            }
        }
        return new Fence(language, reason, output, List.copyOf(problems));
    }

    /** Whether there are commands in it. */
    public boolean commands() {
        return SHELLS.contains(language);
    }

    /** Whether a test runs them. */
    public boolean run() {
        return commands() && reason.isEmpty();
    }
}
