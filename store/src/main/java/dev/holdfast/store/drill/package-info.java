/**
 * Restores a part as a user would, archive and all, into a folder that is thrown away, and holds every file against the
 * ids of its blocks, which are the SHA-256 of what was captured. Nothing in the store is changed; what a crash leaves is
 * the folder.
 */
package dev.holdfast.store.drill;
