package dev.holdfast.agent;

import dev.holdfast.agent.link.Pause;
import java.time.Clock;

/** Captures a stopped or frozen data directory, once. */
public final class Capture {
    private final Clock clock;
    private final Pause pause;

    /** Takes the time of a part from {@code clock}; waits between attempts with {@code pause}. */
    public Capture(Clock clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Makes one part of a snapshot, and commits the snapshot if told so.
     *
     * @throws CaptureFailed if it cannot be made, for a reason that the message tells; no part is left
     * @throws dev.holdfast.contract.trouble.Unavailable if the server could not be reached or asked to try later, and
     *     went on doing so; no part is left, and the next attempt does not send again what arrived
     */
    public CaptureResult run(CaptureSettings settings, CaptureProgress progress) {
        throw new UnsupportedOperationException("not yet: " + clock + pause);
    }
}
