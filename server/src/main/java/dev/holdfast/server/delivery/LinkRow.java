package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.server.delivery.LinkState.Hash;
import java.time.Instant;

/**
 * One row of {@code delivery_link}, its hash joined to it.
 *
 * @param size bytes of the archive, null until it was first opened
 * @param completed downloads that counted
 * @param completedAt when the latest of them did, epoch milliseconds; null while there is none
 * @param charged bytes that may have left
 * @param broken why the archive can no longer be given, null while it can
 * @param killed when an administrator stopped its job, null while nobody did
 * @param hash null while it is not known
 */
record LinkRow(
        LinkRequest request,
        String token,
        Long size,
        int completed,
        Long completedAt,
        long charged,
        String broken,
        Instant killed,
        Hash hash) {

    JobId id() {
        return request.id();
    }

    /** Path of the URL, to append to the base URL. */
    String path() {
        return DownloadRoute.PREFIX + id() + "/" + token + "/" + request.fileName();
    }

    /** Name of the archive's top folder. */
    String topFolder() {
        String name = request.fileName();
        return name.substring(0, name.length() - LinkRequest.SUFFIX.length());
    }

    /** Whether no further download can begin: all were, or the bytes left are too few for another one. */
    boolean usedUp(DeliverySettings settings) {
        if (request.maxDownloads() != LinkRequest.NO_LIMIT && completed >= request.maxDownloads()) {
            return true;
        }
        return size != null && LinkTerms.of(request, size, settings).budget() - charged < size;
    }
}
