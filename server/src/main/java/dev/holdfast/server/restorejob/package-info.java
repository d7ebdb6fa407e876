/**
 * Restore jobs: the promise to hand over one part of a snapshot as an archive.
 *
 * <pre>
 *   POST -> IN_PROGRESS -> FINISHED     the archive can be downloaded; or it is in place on every target host
 *               |              |
 *               |              +------> BROKEN    stored bytes turned out to be damaged
 *               |              +------> KILLED    an administrator stopped it
 *               +-> BROKEN     an agent cannot do it, or none came in time
 *               +-> KILLED
 * </pre>
 *
 * <p>An archive of a stored snapshot needs no preparation, so a job is FINISHED in the answer to its POST; the store is
 * asked first whether it has the parts, for a job of bytes that are gone would be FINISHED and good for nothing. That is asked
 * before the transaction, for a key server that hangs would hold its lock; bytes go only after the row says so, and the row
 * is looked at again in it. A POST on a
 * sharded cluster makes a batch: one job per part, config servers last. Job and link rows are written in one
 * transaction: a crash before its commit leaves neither, after it both, and the client that got no answer finds them in
 * the list or asks again.
 *
 * <p>What becomes of a link (used up, expired, damaged) is never pushed here: every answer asks {@code delivery}, so the
 * two cannot disagree, and EXPIRED is a matter of the clock. BROKEN, too, is only read off the link. An automated restore
 * ({@code AutomatedRestores}) gives an assignment to the agent of each target host in the same transaction, and what is
 * shown of the job is worked out of what {@code agents} says of them ({@code JobOutcome}): every source of a state ends for
 * good, so what is shown never goes back. Only KILLED is stored, with the end of the link and of the assignments in one
 * transaction: a crash before its commit leaves the job as it was.
 *
 * <p>No oplog is stored, so a time can be restored only when a snapshot holds it exactly; {@code snapshot} finds those.
 *
 * <p>A job of a mirrored config server belongs to the host that was read and bears {@code hostId}; one of a batch is
 * seen under the sharded cluster as well. A job of a shard is seen under the shard and under the sharded cluster.
 */
package dev.holdfast.server.restorejob;
