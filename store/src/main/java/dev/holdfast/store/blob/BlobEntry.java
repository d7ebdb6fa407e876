package dev.holdfast.store.blob;

import java.util.OptionalLong;

/**
 * What a listing says of a blob.
 *
 * @param name its name
 * @param bytes its size where it is kept, so with what encryption adds; 0 if the listing does not tell it yet
 * @param writtenMillis when it was committed at the latest that the listing lets know, as in {@link
 *     BlobStore#writtenMillis}, which may know a later time; empty if that is not known
 */
public record BlobEntry(String name, long bytes, OptionalLong writtenMillis) {
    /** The same under another name. */
    public BlobEntry named(String other) {
        return new BlobEntry(other, bytes, writtenMillis);
    }
}
