package dev.holdfast.dist.completion;

import dev.holdfast.dist.completion.WordTree.Takes;
import dev.holdfast.dist.completion.WordTree.Word;
import java.util.stream.Collectors;

/** A function for each command, of {@code _arguments} and {@code _describe}. */
final class ZshScript {
    private final WordTree tree;

    ZshScript(WordTree tree) {
        this.tree = tree;
    }

    String text() {
        String name = tree.name();
        StringBuilder text = new StringBuilder("#compdef " + name + "\n# zsh completion for " + name
                + "; put it where fpath looks, as _" + name + ", or: source <(" + name + " completion zsh)\n");
        tree.all().forEach(one -> text.append(function(one)));
        return text.append("if [ \"$funcstack[1]\" = _")
                .append(name)
                .append(" ]; then\n  _")
                .append(name)
                .append(" \"$@\"\nelse\n  compdef _")
                .append(name)
                .append(' ')
                .append(name)
                .append("\nfi\n")
                .toString();
    }

    private static String function(WordTree command) {
        StringBuilder text = new StringBuilder(functionName(command)).append("() {\n");
        String options = command.options().stream().map(ZshScript::option).collect(Collectors.joining());
        if (command.commands().isEmpty()) {
            return text.append("  _arguments -s")
                    .append(options)
                    .append(" '*:argument:_files'\n}\n")
                    .toString();
        }
        text.append("  local line state\n  _arguments -C")
                .append(options)
                .append(" '1:command:->command' '*::argument:->rest'\n  case $state in\n    command)\n")
                .append("      local -a commands=(");
        for (WordTree below : command.commands()) {
            text.append(" '")
                    .append(below.name())
                    .append(':')
                    .append(below.about())
                    .append('\'');
        }
        text.append(" )\n      _describe command commands ;;\n    rest)\n      case $line[1] in\n");
        for (WordTree below : command.commands()) {
            text.append("        ")
                    .append(below.name())
                    .append(") ")
                    .append(functionName(below))
                    .append(" ;;\n");
        }
        return text.append("      esac ;;\n  esac\n}\n").toString();
    }

    private static String functionName(WordTree command) {
        return "_" + String.join("_", command.path()).replace('-', '_');
    }

    private static String option(Word option) {
        StringBuilder text = new StringBuilder();
        for (String name : option.names()) {
            text.append(" '*").append(name).append('[').append(option.about()).append(']');
            if (option.takes() != Takes.NOTHING) {
                String action = !option.choices().isEmpty()
                        ? "(" + String.join(" ", option.choices()) + ")"
                        : option.takes() == Takes.PATH ? "_files" : "";
                text.append(":value:").append(action);
            }
            text.append('\'');
        }
        return text.toString();
    }
}
