package dev.holdfast.store.scrub;

/** Is told how far a scrub has come; called often, by the thread that scrubs. */
@FunctionalInterface
public interface ScrubProgress {
    /**
     * A file or an archive, or 64 MiB more of one, was read.
     *
     * @param name name of the file, or of the part
     * @param done files and archives read to their end so far
     * @param total files and archives to read
     * @param bytes bytes read so far
     */
    void read(String name, int done, int total, long bytes);
}
