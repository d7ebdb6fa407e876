/**
 * How snapshots come in: the server's side of the agent API ({@link dev.holdfast.contract.agentapi}).
 *
 * <p>A part has an upload in the memory of this process from its begin to its commit, under a lease that every request
 * renews. After a restart, on another node, or when the lease is over, there is none: the agent is told (404) to begin
 * the part again, and its next offer finds what had been stored.
 *
 * <h2>Commit, step by step, and what a crash leaves</h2>
 *
 * <ol>
 *   <li>The file list is written to a spool file. Crash: a file that the next start deletes.
 *   <li>The store writes the manifest ({@link dev.holdfast.store.PartUpload#commit}), with the texts of
 *       {@link dev.holdfast.server.snapshot.ingest.RestoreInfo} frozen in it. Crash before: nothing refers to the
 *       blocks. Crash after: the row still says begun.
 *   <li>The row is marked. Failure or crash before: committing again, with or without an upload, finds the manifest in
 *       the store and marks the row. Crash after: committing again answers what the row says.
 *   <li>The answer is sent, the upload ended, the spool file deleted.
 * </ol>
 *
 * <p>If the row is gone by then, because another agent began the same member, the store forgets the manifest again.
 *
 * <h2>Bounds</h2>
 *
 * Bodies in memory, commits, uploads per project and the spool's disk are bounded ({@link
 * dev.holdfast.server.snapshot.ingest.IngestSettings}); requests over a bound wait unread, or are told to try again. No
 * body blocks an event loop, and one that is cut or stalls leaves nothing.
 */
package dev.holdfast.server.snapshot.ingest;
