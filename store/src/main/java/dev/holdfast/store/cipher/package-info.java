/**
 * Encryption at rest, below everything that knows what is in a file: {@link dev.holdfast.store.cipher.SealedBlobStore}
 * looks like a blob store with plain files and keeps sealed ones; {@code docs/format-encryption.md} has the bytes.
 *
 * <p>A project's data keys are its <em>ring</em>, kept in the store, wrapped with a <em>master key</em> that is not: it
 * comes from a {@link dev.holdfast.store.cipher.KeyWrapper} (a key file, a KMIP server). A ring is <em>absent</em> until
 * the project's first file is written; then <em>wrapped</em>; and <em>held</em>, unwrapped in memory, from its first use
 * until the process ends. Opening a part for a new restore asks for a fresh look at the ring when the last one is older
 * than the setting says; whatever is under way goes on with what is held. So a key server that is gone, or a key that
 * was revoked, stops new restores and no running one.
 *
 * <p>Rotation writes a new ring beside the old one, reads it back, and only then removes the old: a crash at any step
 * leaves at least one ring that can be unwrapped, and the highest number counts. Rings are numbered and written once, so
 * of two nodes that rotate at the same time one finds the number taken and looks again.
 */
package dev.holdfast.store.cipher;
