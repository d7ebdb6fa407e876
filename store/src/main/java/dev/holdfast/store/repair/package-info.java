/**
 * Mends a store: files that are damaged or missing become again what was written, byte for byte, or stay as they are.
 *
 * <p>Good bytes come from a replica ({@link dev.holdfast.store.copy}), or, for a segment, from another pack of the project
 * that has the same block in the same encoding, as a later capture may have put there. Manifests pin the stored bytes of
 * every segment, and archives consist of them, so another encoding of the same block is of no use: snapshots that need the
 * old one stay damaged, and a new capture is a new generation.
 *
 * <p>A file is mended in one step: the whole new file is written beside the old one, forced to the disk, and takes its
 * name. Every good byte of the old file stands at the same place in the new one. A crash anywhere leaves the old file or
 * the new one, and the next run goes on from there. Roots and pages first, for they tell which packs are needed at all.
 */
package dev.holdfast.store.repair;
