package dev.holdfast.dist.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The words of a command.
 *
 * @param path from the program's name to this command, {@code [holdfast, restore]}
 * @param about what it does, one line
 */
record WordTree(List<String> path, String about, List<Word> options, List<WordTree> commands) {
    /**
     * An option.
     *
     * @param names all of them, with their dashes
     * @param takes what its value is
     * @param choices all values there are; empty if they cannot be listed
     */
    record Word(List<String> names, String about, Takes takes, List<String> choices) {}

    /** What the value of an option is. */
    enum Takes {
        /** It has none. */
        NOTHING,
        /** A path. */
        PATH,
        /** Any other. */
        TEXT
    }

    static WordTree of(CommandLine top) {
        return of(top, List.of());
    }

    private static WordTree of(CommandLine line, List<String> above) {
        CommandSpec spec = line.getCommandSpec();
        List<String> path = new ArrayList<>(above);
        path.add(spec.name());
        List<WordTree> commands = new ArrayList<>();
        for (CommandLine below : line.getSubcommands().values()) {
            if (!below.getCommandSpec().usageMessage().hidden()) {
                commands.add(of(below, path));
            }
        }
        List<Word> options = spec.options().stream()
                .filter(option -> !option.hidden())
                .map(WordTree::word)
                .toList();
        return new WordTree(List.copyOf(path), line(spec.usageMessage().description()), options, commands);
    }

    private static Word word(OptionSpec option) {
        Class<?> type = option.auxiliaryTypes().length > 0 ? option.auxiliaryTypes()[0] : option.type();
        List<String> choices = new ArrayList<>();
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                choices.add(constant.toString().toLowerCase(Locale.ROOT));
            }
        }
        Takes takes = option.arity().max() == 0
                ? Takes.NOTHING
                : java.nio.file.Path.class.isAssignableFrom(type) ? Takes.PATH : Takes.TEXT;
        return new Word(List.of(option.names()), line(option.description()), takes, choices);
    }

    /** The first sentence; shells show one line, and quotes would end it. */
    private static String line(String[] text) {
        String all = String.join(" ", text).replaceAll("\\s+", " ").replace("${DEFAULT-VALUE}", "");
        int end = all.indexOf(". ");
        return (end < 0 ? all : all.substring(0, end))
                .replaceAll("[.'\"`$\\\\\\[\\]:]", "")
                .strip();
    }

    /** This and all below it. */
    List<WordTree> all() {
        List<WordTree> all = new ArrayList<>(List.of(this));
        commands.forEach(below -> all.addAll(below.all()));
        return all;
    }

    String name() {
        return path.get(path.size() - 1);
    }

    /** The path below the program's name, in one word; empty for the program. */
    String key() {
        return String.join(" ", path.subList(1, path.size()));
    }
}
