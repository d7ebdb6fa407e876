/**
 * Blobs as objects of an S3-compatible server; the only package that sees the SDK.
 *
 * <p><b>Writing.</b> A blob up to 8 MiB is put with one request. A larger one is a multipart upload of parts of 8 MiB, one
 * of which is in memory; nothing of it can be opened or listed until the upload is completed. Each request carries an MD5
 * that the server checks.
 *
 * <p><b>A name is written once.</b> A commit looks whether there is an object, then puts (or completes) with {@code
 * If-None-Match: *}, which Amazon and current compatible servers decide atomically. A server that refuses the condition is
 * not asked again; one that ignores it silently (s3proxy does for multipart uploads) cannot be told from one that obeys.
 * With those two, and with one that itself looks and then puts, what is left is a race between processes: two that commit the same name within the time of one request may both win, the later one's bytes
 * stay. In one process there is no race (a lock by name), and names of packs, pages and runs are random, so in practice
 * this leaves two nodes that make the store at the same moment.
 *
 * <p><b>Lost answers.</b> Every object bears a mark of its writer. When a commit's answer was lost and the step is made
 * again, an object with our mark is our success, one with another's is {@link dev.holdfast.store.blob.BlobExists}.
 *
 * <p><b>Read after write.</b> Amazon and most servers are consistent. For those that are not, the process remembers what it
 * committed for two minutes: such a blob is listed whatever the server says, and one that the server does not show yet is
 * {@link dev.holdfast.contract.trouble.Unavailable}, to be tried again, never missing. What another process deleted
 * meanwhile looks the same for that long.
 *
 * <p><b>Open blobs.</b> The answer that opens a blob brings its first 64 KiB, so small blobs are read to their end after they
 * were deleted. Larger ones are pinned by their ETag: a read after a deletion fails.
 *
 * <p><b>Ages.</b> {@code WrittenTimes} tells how the date of an object comes about. No age is
 * ever older than the truth while one of the two clocks, the server's and the writer's, was right.
 *
 * <p><b>What a crash leaves.</b> Before the last request of a commit an upload that is no object, given up by a sweep, or by
 * the process that opens the store, when it is a week old (it must not be one of another process); after it the whole blob.
 */
package dev.holdfast.store.blob.s3;
