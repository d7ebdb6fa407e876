package dev.holdfast.store.blob.disk;

import dev.holdfast.contract.trouble.Unavailable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** Turns what a file system says into trouble with a hint. */
final class DiskTrouble {
    private DiskTrouble() {}

    static Unavailable unavailable(String verb, String name, Path root, IOException cause) {
        String reason = cause instanceof AccessDeniedException ? "access denied" : String.valueOf(cause.getMessage());
        String what = "cannot " + verb + " " + name + ": " + reason;
        if (reason.contains("No space left") || reason.contains("quota")) {
            return Unavailable.full(
                    what + "\nHINT: free space on the disk of " + root
                            + ", then try again; nothing that was stored is lost.",
                    cause);
        }
        String hint = "look at the disk and the permissions of " + root + ", then try again.";
        if (reason.contains("Too many open files")) {
            hint = "raise the limit of open files (ulimit -n), then try again.";
        }
        return new Unavailable(what + "\nHINT: " + hint, cause);
    }
}
