package dev.holdfast.server.delivery;

import dev.holdfast.store.Archive;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/** What is answered to one download request. */
sealed interface Reply {
    /** The error document that {@code trouble} stands for. */
    record Refused(RuntimeException trouble) implements Reply {}

    /** Headers and no body. */
    record Bare(int status, Map<String, String> headers) implements Reply {}

    /**
     * Headers and bytes of the archive.
     *
     * @param pieces what to send, in order; at least one
     * @param epilogue what follows the last piece
     * @param stream id of this answer in the ledger
     * @param grantedTo how far the first piece may be sent already
     * @param from where the client is
     */
    record Download(
            int status,
            Map<String, String> headers,
            LinkRow link,
            Archive archive,
            List<Piece> pieces,
            byte[] epilogue,
            String stream,
            long grantedTo,
            InetAddress from)
            implements Reply {}

    /** A range of the archive and what goes before it. */
    record Piece(byte[] preamble, ByteRanges.Range range) {}
}
