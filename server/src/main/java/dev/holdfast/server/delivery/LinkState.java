package dev.holdfast.server.delivery;

/**
 * What has become of a link, as of a moment.
 *
 * @param status never READY after the link expired
 * @param path path of its URL, to append to the base URL; stays after expiry
 * @param hash hash of the archive; null until a download was completed and the hash is known
 * @param brokenReason why the archive can no longer be given, null while it can
 * @param downloads how many have counted
 */
public record LinkState(Status status, String path, Hash hash, String brokenReason, int downloads) {
    /** The API's {@code delivery.statusName}. */
    public enum Status {
        /** The archive cannot be given yet. */
        NOT_STARTED,
        /** It can be downloaded. */
        READY,
        /** Its time is over. */
        EXPIRED,
        /** It was downloaded as often as was permitted. */
        MAX_DOWNLOADS_EXCEEDED,
        /** The stored bytes are damaged. */
        FAILED,
        /** An administrator stopped its job. */
        INTERRUPTED
    }

    /** SHA-1 and SHA-256 of the whole archive, lower-case hexadecimal. */
    public record Hash(String fileName, String sha1, String sha256) {}
}
