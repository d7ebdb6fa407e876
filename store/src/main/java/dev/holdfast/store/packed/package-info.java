/**
 * The store itself: the door {@link dev.holdfast.store.SnapshotStore} over blobs, packs, indices and manifests.
 *
 * <p>An upload is <em>open</em> until it is <em>committed</em> or <em>closed</em>. What is put is inspected (inflated,
 * walked, hashed), then appended to an open pack; a full pack is sealed, then the index has it; a commit seals the rest,
 * flushes the index, resolves every block of the file list through it, writes manifest pages and last the root, which is
 * the moment that the part exists. What a crash leaves:
 *
 * <ul>
 *   <li>before a seal: nothing of that pack;
 *   <li>after a seal: a pack that nothing refers to, whose blocks the next upload finds;
 *   <li>between pages and root: pages that nothing refers to, which an equal manifest uses again;
 *   <li>after the root: the part, whether or not the caller heard of it.
 * </ul>
 *
 * <p>The heap holds ids of unsealed packs and of young index entries only, never those of a whole upload.
 */
package dev.holdfast.store.packed;
