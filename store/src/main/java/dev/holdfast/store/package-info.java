/**
 * The deduplicating snapshot store: blocks are compressed once into segments, segments lie in packs, a manifest says
 * which segments make a part, and an archive is composed of them without compressing again. It is opened, checked and
 * read with nothing else running; {@code docs/format.md} says what every byte on the disk means.
 */
package dev.holdfast.store;
