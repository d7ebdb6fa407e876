/**
 * Segments: a block deflated once (RFC 1951) into a stretch of raw deflate blocks, none of them final, that ends on a
 * byte boundary. Segments can therefore be joined in any order behind a gzip header, and closed with one empty final
 * block, into a single gzip member.
 */
package dev.holdfast.contract.segment;
