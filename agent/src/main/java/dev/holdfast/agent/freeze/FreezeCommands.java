package dev.holdfast.agent.freeze;

import dev.holdfast.agent.trouble.CaptureFailed;
import java.time.Duration;
import java.util.List;

/**
 * The programs that freeze a data directory and let it go again. Each is a program and its arguments; no shell is
 * between.
 *
 * @param freeze empty if there is nothing to do before
 * @param thaw empty if there is nothing to do after; it is run whatever happened, so it must bear that nothing is frozen
 * @param freezeTime after which the freezing program is killed
 * @param thawTime after which the thawing program is killed
 */
public record FreezeCommands(List<String> freeze, List<String> thaw, Duration freezeTime, Duration thawTime) {
    /** Nothing is run. */
    public static final FreezeCommands NONE =
            new FreezeCommands(List.of(), List.of(), Duration.ofMinutes(1), Duration.ofMinutes(1));

    /** Refuses a freeze without a thaw. */
    public FreezeCommands {
        freeze = List.copyOf(freeze);
        thaw = List.copyOf(thaw);
        if (!freeze.isEmpty() && thaw.isEmpty()) {
            throw new CaptureFailed(
                    "a program freezes the data, and none lets it go\nHINT: name one that does after the capture");
        }
    }

    /** Whether nothing is run. */
    public boolean isEmpty() {
        return freeze.isEmpty() && thaw.isEmpty();
    }
}
