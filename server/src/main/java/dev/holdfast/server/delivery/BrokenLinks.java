package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.database.Database;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Marks links whose archive can no longer be given, and says so loudly. */
final class BrokenLinks {
    private static final Logger log = LoggerFactory.getLogger(BrokenLinks.class);

    private final Database database;
    private final DownloadWatch watch;
    private final Clock clock;

    BrokenLinks(Database database, DownloadWatch watch, Clock clock) {
        this.database = database;
        this.watch = watch;
        this.clock = clock;
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
        database.change(tx -> {
            LinkRow link = LinkTable.find(tx, id).orElse(null);
            if (LinkTable.setBroken(tx, id, reason) && link != null) {
                DownloadWatch.Download none =
                        new DownloadWatch.Download(link.request().group(), id, link.completed(), null, clock.instant());
                watch.broken(tx, none, reason);
            }
        });
    }
}
