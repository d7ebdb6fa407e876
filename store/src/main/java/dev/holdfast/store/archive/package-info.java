/**
 * Archives: the {@code .tar.gz} that a plan and the name of a top folder define, down to the last byte, without being
 * anywhere. Segments are deflate streams without an end, so they join behind a gzip header with headers and padding as
 * stored blocks between them; the checksum at the end follows from those of the parts.
 *
 * <p>From plan to bytes: {@link dev.holdfast.store.archive.ArchivePlan} (a manifest, page by page) → {@code Pieces}
 * (literal bytes, extents, holes, each with its place) → {@code RangeReader} (bytes of one range), which has
 * {@code SegmentReader} fetch and check what lies in packs. Nothing here writes, so a crash leaves nothing.
 *
 * <p>Every segment is checked before a byte of it is handed out, twice over: the pack's index must have in those slots
 * what the manifest pinned, and the bytes must have the checksum of the index. The head is made at once, pages are read
 * when the walk comes to them, the trailer's checksum is computed when it is first needed.
 *
 * <p>This package does not know how a plan is stored: {@link dev.holdfast.store.manifest} does, and measures each of its
 * pages with {@link dev.holdfast.store.archive.StretchMeter}.
 */
package dev.holdfast.store.archive;
