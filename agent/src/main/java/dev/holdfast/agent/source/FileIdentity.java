package dev.holdfast.agent.source;

import java.time.Instant;

/**
 * What tells that a file is the one that was read before and has not changed since: any write moves its ctime, which no
 * program can set.
 */
public record FileIdentity(
        long device, long inode, long size, long mtimeSeconds, int mtimeNanos, long ctimeSeconds, int ctimeNanos) {

    /** Whether the file was last touched before {@code moment}. */
    public boolean isOlderThan(Instant moment) {
        return Instant.ofEpochSecond(mtimeSeconds, mtimeNanos).isBefore(moment)
                && Instant.ofEpochSecond(ctimeSeconds, ctimeNanos).isBefore(moment);
    }
}
