package dev.holdfast.server.ui;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * One file of the pages, ready to be sent.
 *
 * @param type its media type
 * @param plain its bytes
 * @param gzip the same, compressed
 * @param tag names its content, without the quotes of an ETag
 */
record Asset(String type, byte[] plain, byte[] gzip, String tag) {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** Sixteen digits of SHA-256 tell two versions of a file apart. */
    private static final int TAG_BYTES = 8;

    static Asset of(String name, byte[] content) {
        return new Asset(typeOf(name), content, compressed(content), tagOf(content));
    }

    /**
     * The strong ETag (RFC 9110, section 8.8.3): the compressed bytes are other bytes, so they have another one.
     *
     * @param compressed which of the two is meant
     */
    String etag(boolean compressed) {
        return "\"" + tag + (compressed ? "-gz" : "") + "\"";
    }

    /** Whether a header {@code If-None-Match} says that its sender has this content, compressed or not. */
    boolean isKnownTo(String ifNoneMatch) {
        if (ifNoneMatch == null) {
            return false;
        }
        for (String item : ifNoneMatch.split(",")) {
            String known = item.strip();
            // what a proxy compressed itself it may have marked as weak, which is good enough for a GET
            String strong = known.startsWith("W/") ? known.substring(2) : known;
            if (strong.equals("*") || strong.equals(etag(false)) || strong.equals(etag(true))) {
                return true;
            }
        }
        return false;
    }

    private static String typeOf(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = TYPES.get(ending);
        if (type == null) {
            throw new IllegalStateException("no media type for " + name);
        }
        return type;
    }

    private static String tagOf(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] compressed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 2);
        try (GZIPOutputStream gzip = new Small(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Done once for each file, so it may take its time. */
    private static final class Small extends GZIPOutputStream {
        Small(ByteArrayOutputStream bytes) throws IOException {
            super(bytes);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
