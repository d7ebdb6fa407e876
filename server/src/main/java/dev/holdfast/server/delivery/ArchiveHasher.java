package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseTrouble;
import dev.holdfast.server.delivery.LinkState.Hash;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.SnapshotStore;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hashes whole archives in the background, each once, with a reader of its own: SHA-1 cannot be composed from the parts,
 * and inline it would halve a download.
 */
final class ArchiveHasher {
    private static final Logger log = LoggerFactory.getLogger(ArchiveHasher.class);
    private static final int BUFFER = 1 << 20;

    private final Database database;
    private final SnapshotStore store;
    private final BrokenLinks brokenLinks;
    private final DeliverySettings settings;
    private final Clock clock;
    private final Executor worker;
    private final Map<JobId, CompletableFuture<Void>> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    ArchiveHasher(
            Database database,
            SnapshotStore store,
            BrokenLinks brokenLinks,
            DeliverySettings settings,
            Clock clock,
            Executor worker) {
        this.database = database;
        this.store = store;
        this.brokenLinks = brokenLinks;
        this.settings = settings;
        this.clock = clock;
        this.worker = worker;
    }

    /**
     * Sees to it that the archive of a link is hashed, if it is due.
     *
     * @param begun whether it was asked for already, so that its size does not matter
     * @return completes when there is nothing more to wait for, normally in every case
     */
    CompletableFuture<Void> hash(JobId id, boolean begun) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other = running.putIfAbsent(id, mine);
        if (other != null) {
            // it may just be finding out that a large archive is not due; then this asks again
            return begun ? other.thenCompose(v -> hashed(id) ? other : hash(id, true)) : other;
        }
        try {
            worker.execute(() -> {
                try {
                    work(id, begun);
                } catch (Unavailable | DatabaseTrouble e) {
                    log.warn("the hash of restore job {} must wait", id, e);
                } catch (RuntimeException e) {
                    log.error("the hash of restore job {} failed", id, e);
                } finally {
                    running.remove(id);
                    mine.complete(null);
                }
            });
        } catch (RejectedExecutionException e) {
            running.remove(id); // shutting down; the next start takes it up again
            mine.complete(null);
        }
        return mine;
    }

    /** Takes up what an earlier process did not finish. Blocks. */
    void resume() {
        database.read(handle -> LinkTable.unhashed(handle, clock.instant().minus(settings.grace())))
                .forEach(link -> hash(link.id(), begun(link)));
    }

    /** Ends the hashing that runs as soon as it sees this. */
    void close() {
        closed = true;
    }

    private boolean hashed(JobId id) {
        return closed
                || LinkTable.find(database, id)
                        .map(link -> link.hash() != null || link.broken() != null || link.killed() != null)
                        .orElse(true);
    }

    private static boolean begun(LinkRow link) {
        return link.charged() > 0 || link.completed() > 0;
    }

    private void work(JobId id, boolean asked) {
        LinkRow link = LinkTable.find(database, id).orElse(null);
        if (link == null || link.hash() != null || link.broken() != null || link.killed() != null || closed) {
            return;
        }
        try {
            Archive archive =
                    store.open(link.request().group(), link.request().part()).archive(link.topFolder());
            if (asked || begun(link) || archive.length() <= settings.hashAtOnce()) {
                Hash hash = digest(archive, link.request().fileName());
                if (hash != null) {
                    database.change(tx -> LinkTable.putHash(tx, id, hash, clock.instant()));
                }
            }
        } catch (Corruption e) {
            brokenLinks.damaged(id, e);
        } catch (NoSuchPart e) {
            // said now, so that the job reads BROKEN before anybody downloads it; after its expiry nobody does, and the
            // snapshot may rightly be forgotten
            if (clock.instant().isBefore(link.request().expires())) {
                brokenLinks.gone(id);
            }
        }
    }

    private Hash digest(Archive archive, String fileName) {
        MessageDigest sha1 = digest("SHA-1");
        MessageDigest sha256 = digest("SHA-256");
        ByteBuffer direct = ByteBuffer.allocateDirect(BUFFER);
        // the digests' fast paths take arrays
        byte[] array = new byte[BUFFER];
        try (ArchiveReader reader = archive.read(0, archive.length())) {
            while (reader.read(direct.clear()) >= 0) {
                if (closed) {
                    return null;
                }
                int bytes = direct.flip().remaining();
                direct.get(array, 0, bytes);
                sha1.update(array, 0, bytes);
                sha256.update(array, 0, bytes);
            }
        }
        HexFormat hex = HexFormat.of();
        return new Hash(fileName, hex.formatHex(sha1.digest()), hex.formatHex(sha256.digest()));
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + name, e);
        }
    }
}
