package dev.holdfast.dist;

import dev.holdfast.cli.ApiRefusal;
import dev.holdfast.contract.trouble.Corruption;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.ParseResult;

/** Says why a command could not be done. Only what we did not foresee shows a stack trace: it is a bug of ours. */
final class Failure implements IExecutionExceptionHandler {
    private final Map<Class<?>, String> hints;

    /** With what to do about troubles that not every program knows, by their classes. */
    Failure(Map<Class<?>, String> hints) {
        this.hints = hints;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        String message = message(e);
        err.println("holdfast: " + message);
        if (!isForeseen(e)) {
            err.println("HINT: this was not foreseen. Please report it with the lines below.");
            e.printStackTrace(err);
        } else if (!message.contains("HINT:")) {
            String name = parsed.hasSubcommand()
                    ? parsed.subcommand().commandSpec().qualifiedName()
                    : command.getCommandSpec().qualifiedName();
            err.println("HINT: " + hint(e, name));
        }
        return e instanceof IExitCodeGenerator own ? own.getExitCode() : CommandLine.ExitCode.SOFTWARE;
    }

    /** What the JDK says of files is often no more than their name. */
    private static String message(Exception e) {
        if (e instanceof NoSuchFileException missing) {
            return "there is no file or directory " + missing.getFile();
        }
        if (e instanceof AccessDeniedException denied) {
            return "this user may not read or write " + denied.getFile();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private String hint(Exception e, String command) {
        if (e instanceof Corruption) {
            return "holdfast verify --data DIR lists everything that is damaged.";
        }
        String known = hints.get(e.getClass());
        if (known != null) {
            return known;
        }
        if (e instanceof ApiRefusal refusal) {
            return refusal.hint();
        }
        if (e instanceof ConnectException) {
            return "is a server running there? HOLDFAST_URL, or url in the profile, says where it is looked for.";
        }
        if (e instanceof IOException) {
            return "are the paths right, may this user use them, and is there space left?";
        }
        return command + " --help shows the options and an example.";
    }

    /** Exceptions of our own are all declared troubles, with a message that says what to do. */
    private static boolean isForeseen(Exception e) {
        return e instanceof IOException
                || e instanceof IllegalArgumentException
                || e.getClass().getPackageName().startsWith("dev.holdfast.");
    }
}
