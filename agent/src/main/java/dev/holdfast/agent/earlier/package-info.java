/**
 * What a capture notes down so that the next one of the same directory need not read again what did not change: for each
 * file its identity (device, inode, size, mtime, ctime) and the ids of its blocks, in archive order, in one file of the
 * folder that the caller named.
 *
 * <p>Notes are a hint, never the truth. They are read whole and their checksum compared before any of them is believed,
 * and a file is taken over only if
 *
 * <ul>
 *   <li>its identity is the noted one,
 *   <li>it was last touched more than {@link dev.holdfast.agent.earlier.EarlierCapture#MARGIN} before the noted capture
 *       began, so that a write which came right after it was read could not have left the same times, and
 *   <li>the server, asked now, has all of its blocks, which pins them; the commit checks every one of them again.
 * </ul>
 *
 * <p>Notes are <em>begun</em> with a part, written while it is sent, and <em>kept</em> (renamed into place) when it is
 * committed. A crash before that leaves the older notes and a temporary file, which the next capture replaces. Trouble
 * with notes never ends a capture: it reads everything, and says so.
 *
 * <p>The file is {@code HFNOTES1}, the block size (4 bytes), the start of the capture in milliseconds (8); for each file
 * {@code F}, its path (2 bytes of length, bytes), device, inode, size, mtime seconds (8 each) and nanoseconds (4), ctime
 * seconds (8) and nanoseconds (4), and the id of each block (32); at the end {@code E} and the CRC-32C (4) of all before
 * it. Big-endian.
 */
package dev.holdfast.agent.earlier;
