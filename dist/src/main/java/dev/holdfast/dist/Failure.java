package dev.holdfast.dist;

import dev.holdfast.contract.trouble.Corruption;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says why a command could not be done. Only what we did not foresee shows a stack trace: it is a bug of ours. */
final class Failure implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("holdfast: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        if (e instanceof Corruption) {
            err.println("HINT: holdfast verify --data DIR lists everything that is damaged.");
        } else if (!isForeseen(e)) {
            err.println("HINT: this was not foreseen. Please report it with the lines below.");
            e.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Exceptions of our own are all declared troubles, with a message that says what to do. */
    private static boolean isForeseen(Exception e) {
        return e instanceof IOException
                || e instanceof IllegalArgumentException
                || e.getClass().getPackageName().startsWith("dev.holdfast.");
    }
}
