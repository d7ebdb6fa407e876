package dev.holdfast.server.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.server.delivery.ByteRanges.Range;
import dev.holdfast.server.delivery.Reply.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * Several ranges in one body: multipart/byteranges of RFC 9110, section 14.6.
 *
 * @param pieces the parts, each with its headers before it
 * @param epilogue the closing delimiter
 * @param length bytes of the whole body
 */
record Multipart(String contentType, List<Piece> pieces, byte[] epilogue, long length) {
    /**
     * Lays out a body.
     *
     * @param boundary a text that cannot be guessed, so that no archive can contain it on purpose
     */
    static Multipart of(ByteRanges ranges, long size, String partType, String boundary) {
        List<Piece> pieces = new ArrayList<>();
        byte[] epilogue = ("\r\n--" + boundary + "--\r\n").getBytes(US_ASCII);
        long length = epilogue.length;
        for (Range range : ranges.ranges()) {
            String preamble = "\r\n--" + boundary + "\r\nContent-Type: " + partType + "\r\nContent-Range: "
                    + contentRange(range, size) + "\r\n\r\n";
            pieces.add(new Piece(preamble.getBytes(US_ASCII), range));
            length += preamble.length() + range.length();
        }
        return new Multipart("multipart/byteranges; boundary=" + boundary, pieces, epilogue, length);
    }

    static String contentRange(Range range, long size) {
        return "bytes " + range.from() + "-" + (range.to() - 1) + "/" + size;
    }
}
