package dev.holdfast.agent.source;

import dev.holdfast.agent.trouble.CaptureFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Words for what goes wrong with a file of the data directory. */
final class SourceTrouble {
    static final String HOLD_STILL =
            "\nHINT: stop mongod, or freeze its files (db.fsyncLock or a file-system snapshot), and capture again";

    private SourceTrouble() {}

    /** A file could not be read. */
    static CaptureFailed unreadable(byte[] path, IOException e) {
        String name = display(path);
        if (e instanceof AccessDeniedException) {
            return new CaptureFailed(
                    name + " cannot be read: permission denied\n"
                            + "HINT: run the capture as the user that mongod runs as, or as root",
                    e);
        }
        if (e instanceof NoSuchFileException) {
            return new CaptureFailed(name + " vanished while the directory was read" + HOLD_STILL, e);
        }
        String reason = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        return new CaptureFailed(name + " cannot be read: " + reason + "\nHINT: see the system log for the disk", e);
    }

    /** A file is not what it was when its reading began. */
    static CaptureFailed changed(byte[] path) {
        return new CaptureFailed(display(path) + " changed while the directory was read" + HOLD_STILL);
    }

    /** A second look found something else than the first, at that path or right before it. */
    static CaptureFailed changedNear(byte[] path) {
        return new CaptureFailed(display(path) + " changed, or is new, or something just before it vanished, while the"
                + " directory was read" + HOLD_STILL);
    }

    /** A second look found nothing more after that path. */
    static CaptureFailed vanishedAfter(byte[] path) {
        return new CaptureFailed(
                "what came after " + display(path) + " vanished while the directory was read" + HOLD_STILL);
    }

    /** A path as it is shown; {@code .} for the data directory. */
    static String display(byte[] path) {
        return path.length == 0 ? "." : new String(path, StandardCharsets.UTF_8);
    }
}
