/**
 * Blobs as files below one folder. A blob is written to a file in {@code tmp/}, forced to the disk, then linked under
 * its name, which fails if the name is taken, and the folder is forced too.
 *
 * <p>What a crash leaves: before the link a file in {@code tmp/}, which is no blob and is swept away when a store is
 * opened a day later (another process may be writing it now); after the link the whole blob, perhaps still under its
 * temporary name as well.
 */
package dev.holdfast.store.blob.disk;
