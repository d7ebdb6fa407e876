/** The store itself: the door {@link dev.holdfast.store.SnapshotStore} over blobs, packs, indices and manifests. */
package dev.holdfast.store.packed;
