package dev.holdfast.cli.fetch;

import dev.holdfast.cli.CliTrouble;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * What to fetch.
 *
 * @param job id of the restore job
 * @param url its link; a secret
 * @param promised asks for the hash that the job shows
 * @param unpackedBytes room that it needs besides itself when it is unpacked; 0 when it is not
 */
public record Archive(String job, URI url, Promised promised, long unpackedBytes) {
    private static final String SUFFIX = ".tar.gz";

    /** The hash that a restore job shows, which it does only after the download. */
    @FunctionalInterface
    public interface Promised {
        /** The SHA-1, lower-case hexadecimal; empty while the job shows none. */
        Optional<String> sha1() throws IOException, InterruptedException;
    }

    /** Last segment of the link, which names the file. */
    public String name() throws IOException {
        String path = url.getPath();
        String name = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
        if (name.isEmpty() || name.startsWith(".") || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            throw CliTrouble.failed(
                    "the link of job " + job + " ends with no name that a file could have",
                    "is the answer really Holdfast's or Ops Manager's?");
        }
        return name;
    }

    /** Name of the one folder that is in it. */
    public String top() throws IOException {
        String name = name();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    /** The same, not to be unpacked. */
    public Archive packed() {
        return new Archive(job, url, promised, 0);
    }

    /** Without the link. */
    @Override
    public String toString() {
        return "Archive[job=" + job + "]";
    }
}
