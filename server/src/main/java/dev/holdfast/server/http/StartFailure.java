package dev.holdfast.server.http;

/** The server cannot begin to listen. The message names the thing and ends with a hint. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartFailure(String message, String hint, Throwable cause) {
        super(message + "\nHINT: " + hint, cause);
    }
}
