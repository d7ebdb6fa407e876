/**
 * Blocks: a file is cut at fixed offsets into blocks of one size per store, and a block is known by the SHA-256 of its
 * plain bytes. WiredTiger rewrites 4 KiB-aligned pages in place and never shifts them, so fixed blocks find more that
 * is unchanged than content-defined ones do.
 */
package dev.holdfast.contract.chunk;
