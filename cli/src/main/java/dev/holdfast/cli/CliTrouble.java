package dev.holdfast.cli;

import java.io.IOException;
import picocli.CommandLine.IExitCodeGenerator;

/** Why a command was not done, in words for the operator, with the status it ends with. */
public final class CliTrouble extends IOException implements IExitCodeGenerator {
    private static final long serialVersionUID = 1;

    private final int exit;

    /**
     * A trouble.
     *
     * @param exit one of {@link Exit}
     * @param message names the thing and its value; a second line begins with {@code HINT:}
     */
    public CliTrouble(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    /** With what the JDK said. */
    public CliTrouble(int exit, String message, Throwable cause) {
        super(message, cause);
        this.exit = exit;
    }

    /** A plain {@link Exit#FAILED}. */
    public static CliTrouble failed(String message, String hint) {
        return new CliTrouble(Exit.FAILED, message + "\nHINT: " + hint);
    }

    @Override
    public int getExitCode() {
        return exit;
    }
}
