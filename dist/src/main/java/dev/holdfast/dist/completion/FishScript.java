package dev.holdfast.dist.completion;

import dev.holdfast.dist.completion.WordTree.Takes;
import dev.holdfast.dist.completion.WordTree.Word;

/** A line for each word, with the condition under which it may come. */
final class FishScript {
    private final WordTree tree;

    FishScript(WordTree tree) {
        this.tree = tree;
    }

    String text() {
        String name = tree.name();
        StringBuilder text = new StringBuilder(
                "# fish completion for " + name + "; read it with: " + name + " completion fish | source\n");
        // the words that are no options, after the program's name, must begin with those of the command
        text.append("function __")
                .append(name)
                .append("_at\n")
                .append("  set -l words (commandline -opc | string match -v -- '-*')\n")
                .append("  set -e words[1]\n")
                .append("  test (count $words) -ge (count $argv); or return 1\n")
                .append("  if test (count $argv) -eq 0\n    test (count $words) -eq 0\n    return\n  end\n")
                .append("  for i in (seq (count $argv))\n")
                .append("    test $words[$i] = $argv[$i]; or return 1\n")
                .append("  end\n")
                .append("end\n")
                .append("complete -c ")
                .append(name)
                .append(" -f\n");
        for (WordTree one : tree.all()) {
            String condition = " -n '__" + name + "_at" + (one.key().isEmpty() ? "" : " " + one.key()) + "'";
            for (WordTree below : one.commands()) {
                text.append("complete -c ")
                        .append(name)
                        .append(condition)
                        .append(" -a ")
                        .append(below.name())
                        .append(" -d '")
                        .append(below.about())
                        .append("'\n");
            }
            for (Word option : one.options()) {
                text.append("complete -c ")
                        .append(name)
                        .append(condition)
                        .append(option(option))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String option(Word option) {
        StringBuilder text = new StringBuilder();
        for (String name : option.names()) {
            text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.takes() == Takes.PATH) {
            text.append(" -r -F");
        } else if (option.takes() == Takes.TEXT) {
            text.append(" -x");
        }
        if (!option.choices().isEmpty()) {
            text.append(" -a '").append(String.join(" ", option.choices())).append('\'');
        }
        return text.append(" -d '").append(option.about()).append('\'').toString();
    }
}
