/**
 * Downloads: who may have which bytes of an archive, how often and until when. {@link
 * dev.holdfast.server.delivery.DeliveryLinks} is the door; the rules are in {@code AttemptLedger}, which knows neither
 * rows nor sockets.
 *
 * <h2>A request</h2>
 * Event loop ({@code DownloadRoute}) - clerk thread ({@code DownloadDesk}: link, archive, conditions and ranges, ledger,
 * first charge) - event loop ({@code ArchivePump}). From then on reader threads fill slabs ({@code ReadAhead}), the pump
 * hands them to the socket, and clerks charge and count ({@code StreamAccount}, {@code Ledgers}, {@code LedgerTable}).
 *
 * <h2>States of a link</h2>
 * READY until the clock says EXPIRED, the last permitted download is counted or the allowance for retries is gone
 * (MAX_DOWNLOADS_EXCEEDED), damage is met (FAILED, for good), or the job is stopped (INTERRUPTED, for good: running
 * answers break off, those of other nodes when they next charge or show a sign of life). Only the figures and the reason are stored; the status
 * is worked out when it is asked for.
 *
 * <h2>What counts</h2>
 * A download counts when its last missing byte was sent; each byte fills the oldest open attempt that lacks it. The
 * promise is on bytes: never more than {@code maxDownloads} x size and the allowance leave. "Sent" means that the kernel
 * took it.
 *
 * <h2>What a crash leaves</h2>
 * <ol>
 *   <li>After the charge, before the bytes: they are charged and never left. The allowance pays.
 *   <li>While they are sent: the row in {@code delivery_stream} says which may have left. When the client resumes inside
 *       of them, they are counted up to there: at once after this node has started again, after half a minute when
 *       another node takes over.
 *   <li>After the last byte, before the count: the client has it all and never comes back, so the download is not
 *       counted. Its bytes are charged.
 *   <li>While hashing: the hash is not there, and the next start begins it again.
 * </ol>
 */
package dev.holdfast.server.delivery;
