/**
 * Copies parts of snapshots into a second store.
 *
 * <p>The second store is a <em>replica</em>: it bears the store id of the first, and each file that both have has the
 * same bytes. So an archive is the same from either, and a file that is damaged in one can be taken from the other. A
 * store that has a life of its own, with another id, is refused; so is one with another block size.
 *
 * <p>For each part: packs, then forwarding records of packs that were repacked, then pages, last the root, which is the moment that the part exists there. A file that is there
 * already is not sent again. What a crash leaves:
 *
 * <ul>
 *   <li>within a file: nothing, for a blob appears whole or not at all;
 *   <li>between a file and its reading back: a file that no root over there names; the next run reads it before it
 *       relies on it;
 *   <li>before the root: files that nothing refers to, which the next run finds there.
 * </ul>
 */
package dev.holdfast.store.copy;
