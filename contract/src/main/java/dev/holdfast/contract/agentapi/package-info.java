/**
 * The conversation between an agent and the server, version 1. Everything is under {@code /agent/v1/groups/GROUP},
 * every request bears {@code Authorization: Bearer KEY} with the project's agent key, JSON bodies are the records of
 * {@link dev.holdfast.contract.agentapi.AgentApi}, errors are the public API's error document.
 *
 * <pre>
 * POST snapshots                     BeginSnapshot          -&gt; 201 SnapshotBegun
 * POST snapshots/SNAPSHOT/parts      BeginPart              -&gt; 201 PartBegun
 * POST parts/PART/offer              ids, 32 bytes each     -&gt; 200 bit set: 1 = send it (bit i is bit i%8 of byte i/8)
 * POST parts/PART/segments           frames                 -&gt; 200 SegmentsStored
 * POST parts/PART/commit             file list              -&gt; 200 PartCommitted | 409 BlocksMissing
 * DELETE parts/PART                                         -&gt; 204 (abandon; nothing that was stored is referenced)
 * POST snapshots/SNAPSHOT/commit                            -&gt; 200 SnapshotCommitted
 * </pre>
 *
 * <p>A frame is a block id (32 bytes), the plain length and the stored length (4 bytes each), and the segment. Numbers
 * are big-endian. The answer "have it" pins a block to the part until it is committed, abandoned, or its lease ends.
 *
 * <p>A file list is {@code HFFILES1}, the block size (4 bytes), then entries: a tag ({@code F}, {@code D}, {@code L}),
 * path (2 bytes of length, bytes), mode, uid, gid (4 bytes each), user and group (2 bytes of length, UTF-8 each), mtime
 * seconds (8) and nanoseconds (4); then for a link its target (2 bytes of length, bytes), for a file its size (8) and
 * the id of each block (32), all zero for a full block of zeros. It ends with {@code E}, the number of entries (8) and
 * the CRC-32C (4) of all bytes before the CRC. Entries come in archive order: the data directory first, each directory
 * right before what is in it, siblings in the order of their bytes (unsigned) and once; a list that does not is refused.
 *
 * <p>Crash points: until the commit of a part answers 200, nothing that was sent counts; what reached a pack is found
 * again by the next offer. Until the commit of the snapshot, the snapshot is listed as incomplete.
 *
 * <h2>Work</h2>
 *
 * An agent that runs all the time asks for work. JSON bodies are the records of
 * {@link dev.holdfast.contract.agentapi.AgentWork}.
 *
 * <pre>
 * POST agents/poll                   Poll                   -&gt; 200 Polled
 * POST assignments/ID/progress       Progress               -&gt; 200 Held
 * POST assignments/ID/done           Done                   -&gt; 204
 * POST assignments/ID/fail           Failed                 -&gt; 204
 * </pre>
 *
 * <p>Work is leased: each poll that is answered with it begins an attempt, each report of that attempt renews the lease.
 * A lease that runs out, or whose agent was started again, ends the attempt, and the work is given out again. A report
 * of an attempt that has ended is 404 (RESOURCE_NOT_FOUND): the agent then stops, for another may be at work. A report
 * that is sent again after a lost answer is answered as the first time.
 *
 * <h2>A restore</h2>
 *
 * The payload of a RESTORE is a {@link dev.holdfast.contract.agentapi.RestoreWork.Order}. With the id of its assignment
 * the agent asks where the archive is and what it must hash to:
 *
 * <pre>
 * GET  restores/ID                                          -&gt; 200 RestoreWork.Archive
 * </pre>
 *
 * <p>The path in the answer is a download link like any other: it is its own credential, and the agent's key does not go
 * with it. The agent downloads (and resumes) into a file of its own, compares both hashes, unpacks beside the directory
 * to be, and makes it appear there at once and whole; only then does it say done. The directory must be empty.
 */
package dev.holdfast.contract.agentapi;
