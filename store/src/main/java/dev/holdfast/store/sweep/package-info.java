/**
 * Sweep: deletes packs and manifest pages that no part refers to any more. {@link dev.holdfast.store.sweep.Sweep#plan}
 * only reads, and what it says can be printed; {@link dev.holdfast.store.sweep.Sweep#run} does it, once.
 *
 * <h2>What may die</h2>
 *
 * A pack, if no page that any root refers to names it; a page, if no root names it. Both only when they are older than
 * the {@link dev.holdfast.store.sweep.SweepMargins margins}, and a pack only when no upload relies on it. A pack of which
 * a single slot is still needed stays whole: <b>nothing is repacked yet</b>. If a root or a page of a project cannot be
 * read, what it refers to is not known, and nothing of that project is swept. Files that are not called like ours are
 * not ours.
 *
 * <h2>Order, and what a crash at each step leaves</h2>
 *
 * <ol>
 *   <li>Packs are condemned, in memory: uploads of this process no longer find them. A crash leaves what was there.
 *   <li>Index runs that name them are written again without them, then the old ones are deleted. A crash leaves two runs
 *       that name the same packs, or packs that no run names; the next opening of the index sorts out both.
 *   <li>Packs are deleted, one by one, each after another look at the roots. A crash leaves the rest, which no run names;
 *       the next opening indexes them again, they are whole, and the next sweep meets them again.
 *   <li>Pages are deleted, while nothing commits. A crash leaves the rest.
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
