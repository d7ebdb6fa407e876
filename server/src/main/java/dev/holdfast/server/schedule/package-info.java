/**
 * The backups of clusters: whether they are backed up, when their snapshots are due, how long each is kept, and the
 * making of them. The bytes are read by agents; here it is decided that they should be.
 *
 * <h2>States of a backup</h2>
 *
 * <pre>
 * INACTIVE --PATCH STARTED--&gt; PROVISIONING --round--&gt; STARTED --PATCH STOPPED--&gt; STOPPED
 *    ^                                                  ^--PATCH STARTED-----------'  |
 *    '--round: all snapshots deleted--------- TERMINATING &lt;------PATCH TERMINATING----'
 * </pre>
 *
 * A round is one of the {@link dev.holdfast.server.schedule.Scheduler}, on one node.
 *
 * <h2>A snapshot that is due</h2>
 *
 * <pre>
 * begun     one transaction: the snapshot, its run (unique by cluster and due time), an assignment for each member
 * RUNNING   agents capture; each commits its part, and the last one the snapshot
 * DONE      the snapshot is complete
 * FAILED    not all parts are there and nobody works on them: the snapshot stays incomplete, and says what it misses
 * </pre>
 *
 * <p>Of the due times that passed while no node ran, while the backup was stopped, or while the snapshot before was
 * still being made, only the latest is made up for. A failed run is not repeated: its members were tried several times
 * until the next one was due. The snapshot of a day, week or month that failed leaves its class to the next one.
 *
 * <h2>What a crash leaves</h2>
 *
 * Between two transactions nothing is lost: a run is either begun with all its assignments or not at all, and how it
 * ends is read from the snapshot's parts, never from what an agent said last. Two nodes that both think they have the
 * lease meet at the run's unique key, and the later one's transaction leaves nothing.
 */
package dev.holdfast.server.schedule;
