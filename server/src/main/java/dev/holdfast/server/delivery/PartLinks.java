package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.PartId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The links of a part, for whoever finds it damaged. */
public final class PartLinks {
    /** Makes none: its method works within a caller's transaction. */
    public PartLinks() {}

    /** Marks every link to the part that is still good at {@code now} as FAILED, for good. */
    public void breakOf(Handle tx, PartId part, String reason, Instant now) {
        LinkTable.setBroken(tx, part, reason, now);
    }
}
