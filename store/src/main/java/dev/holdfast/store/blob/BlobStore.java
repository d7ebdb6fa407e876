package dev.holdfast.store.blob;

import dev.holdfast.contract.trouble.Unavailable;
import java.util.List;
import java.util.OptionalLong;

/**
 * Named, immutable byte sequences. What every implementation promises:
 *
 * <ul>
 *   <li>A blob appears whole or not at all: it can be opened and listed once {@link BlobWriter#commit} (or {@link #put})
 *       has returned, and then it survives a power cut; before that it cannot.
 *   <li>A name is written once. A second commit of a name fails with {@link BlobExists} and changes nothing.
 *   <li>What a commit of this process wrote, every later call of this process sees (read after write).
 *   <li>A blob that is open can be read to its end after it was deleted, or its reads fail; they never give other bytes.
 *   <li>A name is one or more parts of {@code [a-z0-9._-]}, joined by {@code /}; no part is {@code .} or {@code ..}.
 *   <li>Anything that may pass (disk full, no permission, I/O error) is {@link Unavailable}; what was begun leaves no
 *       blob behind.
 * </ul>
 *
 * <p>Safe for use by several threads.
 */
public interface BlobStore extends AutoCloseable {
    /** Begins a blob; it appears when its writer commits. */
    BlobWriter create(String name);

    /**
     * Begins a blob that takes the place of the one of that name, if there is one, in the moment when its writer commits:
     * readers see the old bytes or the new ones, never anything else, also after a crash. For repair alone: everywhere
     * else a name is written once. Readers that were open before may go on to read the old bytes.
     */
    default BlobWriter replacement(String name) {
        throw new UnsupportedOperationException(this + " cannot replace " + name);
    }

    /** Writes a small blob at once. */
    default void put(String name, byte[] content) {
        try (BlobWriter writer = create(name)) {
            writer.write(java.nio.ByteBuffer.wrap(content));
            writer.commit();
        }
    }

    /** Opens a blob for positioned reads, or throws {@link NoSuchBlob}. */
    BlobReader open(String name);

    /** Names of all blobs that begin with {@code prefix}, sorted. */
    List<String> list(String prefix);

    /** The blobs that {@link #list} names, in its order, with what a listing knows of each: no request for every one. */
    List<BlobEntry> survey(String prefix);

    /**
     * When a blob was committed, in milliseconds since 1970 by the clock of whatever keeps it; empty if there is none, or
     * if that is not known. May be later than the truth, for a blob is then young for longer, never earlier as far as
     * that clock can be believed. Nobody may delete a blob for its age whose age is not known.
     */
    OptionalLong writtenMillis(String name);

    /**
     * What the clock says now from which {@link #writtenMillis} comes; empty if it is the clock of this machine. Ages are
     * told by both clocks, and believed when they agree.
     */
    OptionalLong clockMillis();

    /**
     * Gives up what was begun that long ago, or longer, and never committed: no blob, but it takes space.
     *
     * @param ageMillis longer than any write in progress of any process
     * @return how many were given up
     */
    int giveUpUnfinished(long ageMillis);

    /** Whether what is written here is encrypted on its way; a store says in its descriptor whether it needs that. */
    default boolean encrypts() {
        return false;
    }

    /** Deletes a blob; false if there was none. */
    boolean delete(String name);

    @Override
    void close();
}
