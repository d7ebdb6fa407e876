/**
 * Manifests: what a part is made of, in pages that snapshots share. {@link dev.holdfast.store.manifest.ManifestWriter}
 * is fed by a commit, entry by entry; {@link dev.holdfast.store.manifest.Manifests} opens, lists, walks and forgets.
 * Neither ever holds more than a few pages. {@code docs/format-archive.md} has the bytes.
 *
 * <p>A manifest comes to be in three steps: the packs it refers to are sealed (before a writer begins), pages go out
 * one by one as they fill, the root goes out last. The root is what makes the part:
 *
 * <ul>
 *   <li>a crash before the root leaves pages that nothing refers to; the next try finds those that are equal and uses
 *       them, a sweep deletes the others;
 *   <li>a crash after the root leaves a part that the catalogue does not know yet; committing it again meets
 *       {@link dev.holdfast.store.blob.BlobExists};
 *   <li>forgetting deletes the root only, so a crash there leaves the part whole or gone.
 * </ul>
 *
 * <p>Pages are named after their content and cut where the content says so ({@code PageCut}), so an unchanged stretch
 * of files gives the same pages again. What depends on the snapshot, above all offsets in its archive, is in the root.
 */
package dev.holdfast.store.manifest;
