/**
 * Downloads the archive of a restore job: in parallel ranges, and to the end whatever happens on the way. {@link
 * dev.holdfast.cli.fetch.Fetch} is the door.
 *
 * <p>Ranges are written to their places in one file. Whoever wants the archive in order, the two hashes and the unpacker,
 * reads that file from the front and waits at the first gap ({@link dev.holdfast.cli.fetch.Arriving}); so all of it goes on
 * at the same time, in little memory.
 *
 * <h2>Files, beside the archive to be</h2>
 * <ul>
 *   <li>{@code NAME.part}: the bytes, each at its place; locked while a fetch works on it.
 *   <li>{@code NAME.part.journal}: which of them are on the disk. Written about once a second, always after the bytes were
 *       forced to the disk, by renaming a new one over it. It does not have the link in it, which is a credential.
 * </ul>
 *
 * <h2>What a crash leaves</h2>
 * <ol>
 *   <li>While bytes come in: a journal that knows less than the file has. The next fetch asks for the rest; what the
 *       journal did not know (about a second's worth) comes twice, out of the link's allowance for retries.
 *   <li>After the last byte, before the check: a journal that knows all. The next fetch only checks; it needs no link,
 *       which may be used up by then.
 *   <li>After the check, before the rename: the same.
 *   <li>After the rename: the archive and a journal of nothing, which the next fetch removes.
 * </ol>
 *
 * <h2>A directory in place of the archive</h2>
 * With {@link dev.holdfast.cli.fetch.Fetch#extract} the same two files lie in a folder beside the directory to be, with what
 * is unpacked; steps and crashes are told by {@link dev.holdfast.unpack}. The hashes are compared before {@code ready} is
 * written. What a killed run had unpacked is unpacked anew, from what is here of the archive.
 *
 * <h2>One download</h2>
 * Every request asks for a range and no two for the same bytes, so the server sees one attempt (decision 50). A range
 * that was cut is taken up at the very byte where it was cut: by that the server learns what arrived.
 */
package dev.holdfast.cli.fetch;
