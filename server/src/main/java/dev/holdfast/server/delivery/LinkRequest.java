package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.PartId;
import java.time.Instant;

/**
 * What a download link shall give.
 *
 * @param id its id, the one of the restore job it serves
 * @param part what to send
 * @param fileName last segment of the URL; without {@code .tar.gz} it is the archive's top folder
 * @param maxDownloads how often it may be used, at least 1; {@link #NO_LIMIT} for no limit
 * @param expires when it ends
 */
public record LinkRequest(
        JobId id, GroupId group, PartId part, String fileName, int maxDownloads, Instant expires, Instant created) {
    /** Stands for "no limit". */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    /** End of every file name. */
    public static final String SUFFIX = ".tar.gz";
}
