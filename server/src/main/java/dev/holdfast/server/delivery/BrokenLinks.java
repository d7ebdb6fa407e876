package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.database.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Marks links whose archive can no longer be given, and says so loudly. */
final class BrokenLinks {
    private static final Logger log = LoggerFactory.getLogger(BrokenLinks.class);

    private final Database database;

    BrokenLinks(Database database) {
        this.database = database;
    }

    /** The stored bytes are damaged. Blocks. */
    void damaged(JobId id, Corruption damage) {
        log.error(
                "DAMAGED DATA: restore job {} is broken: blob {} at offset {}: {}\nHINT: run holdfast verify; do not"
                        + " delete anything before.",
                id,
                damage.blob(),
                damage.offset(),
                damage.getMessage(),
                damage);
        mark(id, damage.getMessage());
    }

    /** The snapshot has been deleted. Blocks. */
    void gone(JobId id) {
        log.warn("restore job {} is broken: its snapshot has been deleted", id);
        mark(id, "the snapshot of this job has been deleted");
    }

    private void mark(JobId id, String reason) {
        database.change(tx -> LinkTable.setBroken(tx, id, reason));
    }
}
