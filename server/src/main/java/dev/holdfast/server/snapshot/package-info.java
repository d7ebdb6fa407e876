/**
 * The catalogue of snapshots: what was captured of which cluster, when, and until when it is kept. The bytes are in the
 * store, one manifest per part; the rows here say which manifests make a snapshot.
 *
 * <h2>States</h2>
 *
 * <pre>
 * snapshot   begun ----------- commitSnapshot, all members there ----------&gt; complete --&gt; deleted
 *              ^--- commitSnapshot, some missing: parts may still come ---'     (takes no more parts)
 * part       begun -- manifest in the store, then partCommitted --&gt; committed
 *              '----- another begin for the same member, or abandon --&gt; gone
 * </pre>
 *
 * From the moment it expires a snapshot is treated as a deleted one, whether or not its bytes are still there: it is
 * shown to nobody and nothing is made of it. Links that were made before end with it at the latest.
 *
 * <p>Complete is said per view. The owner's view (a replica set, a whole sharded cluster) needs every member: each shard,
 * the CSRS, and for mirrored config servers one part, whichever mirror was read. The view of a shard, of a CSRS or of a
 * mirrored config server needs only its own committed part, so that one captured alone can be restored alone. All
 * views share the snapshot's id; under its own path a member shows its part and nothing else, and lists only snapshots
 * that have it. The other two mirrors list nothing.
 *
 * <h2>Checkpoints</h2>
 *
 * When a snapshot of a sharded cluster becomes complete and all its parts end in one second of their oplogs, as those who
 * captured them said, a checkpoint is entered in the same transaction. It lives as long as the snapshot has bytes.
 *
 * <h2>The end of a snapshot</h2>
 *
 * <pre>
 * deleted     by a DELETE, by the housekeeper when it expires, or when it was begun long ago and nothing was committed
 * forgetting  no link needs any of its parts: the store is told to forget them, one by one
 * forgotten   the store has been told of all; their bytes go with the next sweep
 * </pre>
 *
 * A deletion is final from the first moment: no list shows the snapshot, no job can be made of it. Jobs that were made
 * before keep their bytes as long as their links, grace and downloads in progress included; the pins are read after the
 * deletion was, and a job locks the snapshot's row, so none can come in between. A crash before the row says
 * forgetting leaves a deleted snapshot; after it, some parts that are forgotten and some that are not; after the last
 * part, a row that does not say so yet. All three are found by the next round, which forgets every part again.
 *
 * <h2>What a crash leaves</h2>
 *
 * <ul>
 *   <li>After begin: an incomplete snapshot. It is listed with {@code completed=false}, and expires like any other.
 *   <li>After beginPart, before the manifest: a row without bytes. The agent begins the part again; the row goes.
 *   <li>After the manifest, before partCommitted: the row says begun, the store has the part. Committing again finds the
 *       manifest and writes the row; beginning again forgets the manifest.
 *   <li>After partCommitted, before the answer: committing again answers the same figures.
 *   <li>Between the deletion of an uncommitted row and the store's forgetting: a manifest that no row names. It wastes
 *       space, and is found by comparing the store's parts with the rows.
 * </ul>
 *
 * <h2>Two at once</h2>
 *
 * Everything that changes a snapshot locks its row first, and the table allows one part per member. Of two agents that
 * capture one member the later beginner wins; the other is told that its part is gone. Two agents that capture
 * different members of one snapshot do not meet; whoever commits the snapshot last completes it.
 */
package dev.holdfast.server.snapshot;
