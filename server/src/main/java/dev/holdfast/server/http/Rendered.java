package dev.holdfast.server.http;

import java.util.Map;

/**
 * An answer in bytes.
 *
 * @param body empty for none
 * @param contentType null when there is no body
 * @param gzip whether body is compressed
 * @param authenticated whether the headers for authenticated callers go with it
 * @param headers those of the answer itself
 */
record Rendered(
        int status,
        byte[] body,
        String contentType,
        boolean gzip,
        boolean authenticated,
        boolean close,
        Map<String, String> headers) {
    static final byte[] NOTHING = {};

    /** The same, with the connection closed afterwards. */
    Rendered closing() {
        return new Rendered(status, body, contentType, gzip, authenticated, true, headers);
    }
}
