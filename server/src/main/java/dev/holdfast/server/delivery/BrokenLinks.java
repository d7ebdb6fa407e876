package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.JobId;
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

    /** Marks a link; blocks. */
    void mark(JobId id, String reason, Throwable cause) {
        log.error(
                "restore job {} is broken: {}\nHINT: run `holdfast verify` to see what else is damaged.",
                id,
                reason,
                cause);
        database.change(tx -> LinkTable.setBroken(tx, id, reason));
    }
}
