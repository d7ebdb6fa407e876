package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.PartId;
import dev.holdfast.database.Database;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Which jobs restore a part, for whoever finds it damaged. */
public final class PartJobs {
    private final Database database;

    /** Does no I/O. */
    public PartJobs(Database database) {
        this.database = database;
    }

    /** Every job that restores one of these parts and whose link is good at {@code now}, oldest first. */
    public List<RestoreJob> of(Collection<PartId> parts, Instant now) {
        return database.read(handle -> RestoreJobTable.ofParts(handle, parts, now));
    }
}
