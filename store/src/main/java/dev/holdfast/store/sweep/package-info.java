/**
 * Sweep: deletes packs and manifest pages that no part refers to any more, and repacks packs of which little is needed or
 * whose fragments slow a restore down. {@link dev.holdfast.store.sweep.Sweep#plan} only reads, and what it says can be
 * printed; {@link dev.holdfast.store.sweep.Sweep#run} does it, once.
 *
 * <h2>What may die</h2>
 *
 * A pack, if no page that any root refers to needs a slot of it, by itself or through forwarding records; a page, if no
 * root names it; a forwarding record, if no page needs it, and after its pack. All only when they are older than the
 * {@link dev.holdfast.store.sweep.SweepMargins margins}, and a pack only when no upload relies on it. If a root or a page
 * of a project cannot be read, what it refers to is not known, and nothing of that project is swept. Files that are not
 * called like ours are not ours.
 *
 * <h2>What is repacked</h2>
 *
 * A pack, if the {@link dev.holdfast.store.sweep.RepackRule rule} says that bytes freed and jumps healed pay for the bytes
 * copied. Needed segments are copied as they are: first those that the newest parts read, in the order in which they read
 * them, then the rest, pack by pack, into packs of their own. So the newest version of each directory is read in long
 * stretches, old versions keep the neighbours they had, and what was healed once is left alone by the next sweep.
 *
 * <h2>Order, and what a crash at each step leaves</h2>
 *
 * <ol>
 *   <li>Packs are condemned, in memory: uploads of this process no longer find them. A crash leaves what was there.
 *   <li>Index runs that name them are written again without them, then the old ones are deleted. A crash leaves two runs
 *       that name the same packs, or packs that no run names; the next opening of the index sorts out both.
 *   <li>Packs are deleted, one by one, each after another look at the roots. A crash leaves the rest, which no run names;
 *       the next opening indexes them again, they are whole, and the next sweep meets them again.
 *   <li>Pages and forwarding records are deleted, while nothing commits. A crash leaves the rest.
 * </ol>
 *
 * A repack comes after that, once more in steps of its own:
 *
 * <ol>
 *   <li>What is needed is copied and sealed; uploads find the copies. A crash leaves packs that nothing needs, which a
 *       sweep deletes when they are old enough.
 *   <li>The old packs are condemned, except those that an upload relies on or of which a part that came meanwhile needs a
 *       slot that was not copied; then they are taken out of the index, as above.
 *   <li>The forwarding record of each is written. From here on nothing may newly refer to the pack, also not after a
 *       restart: an index takes in no pack that has a record. A crash leaves the pack beside its record; the next sweep
 *       compares the copies with it and deletes it.
 *   <li>The pack is deleted. Who was reading it reads on where the record says.
 * </ol>
 *
 * At no step is a file missing that a root refers to, so {@code verify} is clean after each.
 *
 * <h2>Beside an upload</h2>
 *
 * Within one process an upload and a sweep meet at {@code SweepGate}: to find a block and to pin its pack is one step, and
 * a pin lasts until the root is there. A sweep reads the pins, then the list of roots; a root that it does not know sends
 * it back to read that first. Uploads of <em>another</em> process are protected by the margins alone, and only as far as
 * they rely on what they wrote themselves; so only the process that takes uploads in may sweep ({@code serve} does, and
 * the command refuses while one runs). Reading beside a sweep is safe for parts that are not forgotten.
 */
package dev.holdfast.store.sweep;
