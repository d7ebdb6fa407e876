package dev.holdfast.dist;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was wrong with a command line, and how it is meant. */
final class Misuse implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("holdfast: " + firstLower(e.getMessage().replaceFirst("^Error: ", "")));
        List<String> suggestions =
                e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        if (suggestions.isEmpty()) {
            err.println(
                    "HINT: " + command.getCommandSpec().qualifiedName() + " --help shows the options and an example.");
        } else {
            err.println("HINT: did you mean " + String.join(" or ", suggestions) + "? "
                    + command.getCommandSpec().qualifiedName() + " --help shows what there is.");
        }
        return CommandLine.ExitCode.USAGE;
    }

    private static String firstLower(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
