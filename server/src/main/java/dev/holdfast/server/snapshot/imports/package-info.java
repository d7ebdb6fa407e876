/**
 * Makes a snapshot of an archive: one of ours, or one that Ops Manager made. The file is read twice, never whole into
 * memory: first to look at every name and kind in it, so that a hostile one is refused before anything is written; then
 * its contents become blocks, as an agent's do.
 *
 * <p>Rows and bytes come in the order of a capture: the rows of snapshot and part (uncommitted), packs, index, manifest,
 * then the row says committed. A crash leaves a snapshot that was never complete, which is given up after a week, and
 * blocks that nothing refers to.
 */
package dev.holdfast.server.snapshot.imports;
