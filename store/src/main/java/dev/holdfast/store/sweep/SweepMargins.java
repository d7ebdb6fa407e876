package dev.holdfast.store.sweep;

import java.time.Duration;

/**
 * How old a file must be before a sweep may delete it, counted from when it was written. Pins are what protects the
 * uploads of this process; margins are for what nothing pins.
 *
 * @param packs an upload that was cut off (the connection, the lease, the server) begins again within hours, and finds in
 *     its sealed packs what it need not send twice. A day also covers a disk whose clock is not ours by hours
 * @param pages a commit that lacked blocks has written its first pages; when it is said again it uses them. Pages are
 *     small, so there is no reason to be quicker than with packs
 */
public record SweepMargins(Duration packs, Duration pages) {
    /** A day for both. */
    public static final SweepMargins DEFAULT = new SweepMargins(Duration.ofDays(1), Duration.ofDays(1));

    /** Refuses negative ones. */
    public SweepMargins {
        if (packs.isNegative() || pages.isNegative()) {
            throw new IllegalArgumentException("margins must not be negative: packs " + packs + ", pages " + pages);
        }
    }
}
