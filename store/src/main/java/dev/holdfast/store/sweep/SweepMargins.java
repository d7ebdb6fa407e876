package dev.holdfast.store.sweep;

import java.time.Duration;

/**
 * How old a file must be before a sweep may delete it, counted from when it was written. Pins are what protects the
 * uploads of this process; margins are for what nothing pins.
 *
 * @param packs an upload that was cut off (the connection, the lease, the server) begins again within hours, and finds in
 *     its sealed packs what it need not send twice. A day also covers a disk whose clock is hours away from ours. It is the age from which a pack may be repacked, too: what was captured just now is in order already
 * @param pages a commit that lacked blocks has written its first pages; when it is said again it uses them. Pages are
 *     small, so there is no reason to be quicker than with packs. Counts for forwarding records, too: who read a manifest
 *     of a part that is forgotten meanwhile may still ask where its packs went
 * @param unfinished what a crash left half written is no file yet, and paid for. It may be what another process is writing
 *     just now (a copy to this place, a node of another release), and nobody writes one pack for a week
 * @param clocks how far the clock of a bucket's server may be from ours. Requests are signed with the time, and servers
 *     refuse those that are a quarter of an hour off, so more than an hour is a clock that has jumped: then no age is
 *     believed and nothing is deleted
 */
public record SweepMargins(Duration packs, Duration pages, Duration unfinished, Duration clocks) {
    /** A day for files: longer than an upload rests before it goes on, and than clocks that are looked after differ. */
    public static final SweepMargins SAFE = new SweepMargins(Duration.ofDays(1), Duration.ofDays(1));

    /** With the usual margins for what is unfinished, a week, and for clocks, an hour. */
    public SweepMargins(Duration packs, Duration pages) {
        this(packs, pages, Duration.ofDays(7), Duration.ofHours(1));
    }

    /** Refuses negative ones. */
    public SweepMargins {
        if (packs.isNegative() || pages.isNegative() || unfinished.isNegative() || clocks.isNegative()) {
            throw new IllegalArgumentException("margins must not be negative: packs " + packs + ", pages " + pages
                    + ", unfinished " + unfinished + ", clocks " + clocks);
        }
    }
}
