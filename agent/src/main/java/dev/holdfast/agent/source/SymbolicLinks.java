package dev.holdfast.agent.source;

import dev.holdfast.agent.trouble.CaptureFailed;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Decides what becomes of a symbolic link: kept as a link if what it points to lies in the data directory, followed if
 * the caller named it, refused otherwise. A journal on another disk must not be lost silently.
 */
final class SymbolicLinks {
    private final Path root;
    private final Set<String> follow;
    private final Set<String> followed = new HashSet<>();

    /** For links below {@code root}, an absolute path without links; {@code follow} are paths relative to it. */
    SymbolicLinks(Path root, Set<String> follow) {
        this.root = root;
        this.follow = follow;
    }

    /**
     * Decides about the link {@code place}.
     *
     * @param region what it must not leave: the data directory, or the end of the followed link that it was reached by
     * @return where it leads if it is to be followed, or null if it is to be kept as a link
     */
    Path follow(byte[] path, Path place, Path region) throws IOException {
        String name = SourceTrouble.display(path);
        Path target = Files.readSymbolicLink(place);
        Path real = real(place);
        if (follow.contains(name)) {
            if (real == null) {
                throw new CaptureFailed("symbolic link " + name + " cannot be followed: it points to " + target
                        + ", which is not there\nHINT: mount the disk it is on, or remove the link");
            }
            if (root.startsWith(real)) {
                throw new CaptureFailed("symbolic link " + name + " cannot be followed: it points to " + target
                        + ", which holds the data directory itself\nHINT: remove the link");
            }
            followed.add(name);
            return real;
        }
        Path end = real != null
                ? real
                : place.getParent().toRealPath().resolve(target).normalize();
        if (!end.startsWith(region)) {
            throw new CaptureFailed("symbolic link " + name + " leaves the data directory: it points to " + target
                    + "\nHINT: --follow " + name + " stores what it points to; else remove the link");
        }
        return null;
    }

    /** Refuses a name to be followed that no link had. */
    void requireAllFollowed() {
        for (String name : follow) {
            if (!followed.contains(name)) {
                throw new CaptureFailed("--follow " + name + ": the data directory has no symbolic link of that name\n"
                        + "HINT: give the link's path relative to the data directory");
            }
        }
    }

    private static Path real(Path place) throws IOException {
        try {
            return place.toRealPath();
        } catch (AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            // dangling, or a loop: judged by its name
            return null;
        }
    }
}
