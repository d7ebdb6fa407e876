/**
 * Restore jobs: the promise to hand over one part of a snapshot as an archive.
 *
 * <pre>
 *   POST -> IN_PROGRESS -> FINISHED     the archive can be downloaded
 *               |              |
 *               |              +------> BROKEN    stored bytes turned out to be damaged
 *               +-> BROKEN, KILLED
 * </pre>
 *
 * <p>An archive of a stored snapshot needs no preparation, so a job is FINISHED in the answer to its POST; the store is
 * asked first whether it has the parts, for a job of bytes that are gone would be FINISHED and good for nothing. A POST on a
 * sharded cluster makes a batch: one job per part, config servers last. Job and link rows are written in one
 * transaction: a crash before its commit leaves neither, after it both, and the client that got no answer finds them in
 * the list or asks again.
 *
 * <p>What becomes of a link (used up, expired, damaged) is never pushed here: every answer asks {@code delivery}, so the
 * two cannot disagree, and EXPIRED is a matter of the clock. BROKEN, too, is only read off the link.
 *
 * <p>A job of a mirrored config server belongs to the host that was read and bears {@code hostId}; one of a batch is
 * seen under the sharded cluster as well. A job of a shard is seen under the shard and under the sharded cluster.
 */
package dev.holdfast.server.restorejob;
