/** What all files of a store have in common; the bytes are laid down in {@code docs/format.md}. */
package dev.holdfast.store.format;
