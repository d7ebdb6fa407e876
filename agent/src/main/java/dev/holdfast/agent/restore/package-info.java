/**
 * Restores: fetch an archive, check it, and make it the data directory of a host. {@link
 * dev.holdfast.agent.restore.RestoreTask} is the door.
 *
 * <h2>Steps, and what a crash after each leaves</h2>
 * With a data directory {@code /data/db} and job J, everything of ours lies beside it, on the same file system:
 * <ol>
 *   <li>Look: the directory is empty or not there, nothing is mounted on it, the disk has room.
 *   <li>Download into {@code /data/.db.holdfast-J/archive}, going on where an earlier attempt was. A crash leaves what
 *       came; the next attempt asks for the rest.
 *   <li>Compare SHA-1 and SHA-256 with the server's. An archive that differs is deleted and fetched again.
 *   <li>Unpack into {@code /data/.db.holdfast-J/files}, and bring it to disk. A crash leaves a part of it, which the next
 *       attempt deletes.
 *   <li>Write {@code /data/.db.holdfast-J.ready}. From here on {@code files} is whole.
 *   <li>Rename {@code files} to {@code /data/db}. The kernel does it at once or not at all, and refuses if the directory is
 *       not empty by then. A crash before it leaves {@code ready} and {@code files}: the next attempt renames. A crash after
 *       it leaves {@code ready} without {@code files}: the next attempt knows that it is done.
 *   <li>Delete the folder, and say done. {@code ready}, an empty file, stays, for the answer may be lost and the work be
 *       given out again; the next restore of that directory deletes it.
 * </ol>
 * So there is no moment at which the data directory holds a part of a restore. Two attempts at once cannot meet: the
 * folder has a lock, which dies with its holder.
 */
package dev.holdfast.agent.restore;
