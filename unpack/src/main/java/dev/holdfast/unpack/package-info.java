/**
 * Makes a directory of an archive, whole or not at all: the agent for an automated restore, the command line for {@code
 * restore fetch --extract}.
 *
 * <p>An archive comes over the network and is written as whoever runs this, perhaps root, so nothing in it is trusted: no
 * name may leave the directory, every directory that something is written into was made by this very unpacking, and
 * symbolic links are made last, so that nothing is ever written through one. An entry that Holdfast does not make is
 * refused, unless archives of other servers are asked for.
 *
 * <h2>Files beside the directory {@code /data/db} to be, for a job J ({@link dev.holdfast.unpack.Workplace})</h2>
 * <ol>
 *   <li>{@code /data/.db.holdfast-J/archive…}: the archive as it comes in. A crash leaves what came.
 *   <li>{@code /data/.db.holdfast-J/files}: what was unpacked. A crash leaves a part, which the next attempt deletes.
 *   <li>{@code /data/.db.holdfast-J.ready}: from here on {@code files} is whole, on the disk, and of a checked archive.
 *   <li>{@code files} is renamed to {@code /data/db}: the kernel does it at once or not at all, and refuses if that is not
 *       empty. A crash before it leaves {@code ready} and {@code files}: the next attempt renames. A crash after it leaves
 *       {@code ready} alone: the next attempt knows that all is done.
 *   <li>The folder is deleted; {@code ready}, an empty file, stays until the next restore of that directory.
 * </ol>
 * Two attempts at once cannot meet: the folder has a lock, which dies with its holder.
 */
package dev.holdfast.unpack;
