package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.database.Database;
import dev.holdfast.server.delivery.AttemptLedger.Admission;
import dev.holdfast.server.delivery.ByteRanges.Range;
import java.net.InetAddress;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The ledgers of all links, each change a transaction of its own. Blocks. What a method returned is durable: a process
 * that dies afterwards has charged the bytes that it was about to send.
 */
final class Ledgers {
    /** In place of a grant: the link was killed, and nothing more may be sent. */
    static final long KILLED = -1;

    private final Database database;
    private final DeliverySettings settings;
    private final DownloadWatch watch;

    Ledgers(Database database, DeliverySettings settings, DownloadWatch watch) {
        this.watch = watch;
        this.database = database;
        this.settings = settings;
    }

    /** Whether a request is served, and if so how far it may send of its first range. */
    record Opening(Admission admission, long grantedTo) {}

    /**
     * Admits a request and charges its first bytes.
     *
     * @param stream a new id for the answer
     * @param from where the client is
     */
    Opening open(LinkRow link, long size, Selection wanted, String stream, InetAddress from, Instant now) {
        return change(link.id(), size, from, now, ledger -> {
            Admission admission = ledger.admit(wanted.ranges(), wanted.plain(), now);
            if (admission != Admission.SERVED) {
                return new Opening(admission, 0);
            }
            wanted.ranges().ranges().forEach(range -> ledger.resumedAt(range.from()));
            if (wanted.ranges().isEmpty()) {
                ledger.resumedAt(size);
            }
            ledger.settleDead(now);
            if (wanted.ranges().isEmpty()) {
                return new Opening(admission, size);
            }
            Range first = wanted.ranges().ranges().get(0);
            long to = Math.min(first.to(), first.from() + unit(size));
            return new Opening(admission, ledger.send(stream, settings.node(), first.from(), first.from(), to, now));
        });
    }

    /** Whether a request that costs no bytes (HEAD, 304, 412) is answered. */
    Admission look(LinkRow link, long size, Instant now) {
        return database.read(handle -> LedgerTable.load(handle, link, LinkTerms.of(link.request(), size, settings)))
                .look(now);
    }

    /** As {@link AttemptLedger#send}, or {@link #KILLED}. */
    long send(JobId id, long size, String stream, long sentTo, long from, long to, InetAddress client, Instant now) {
        return change(
                id,
                size,
                client,
                now,
                (link, ledger) ->
                        link.killed() != null ? KILLED : ledger.send(stream, settings.node(), sentTo, from, to, now));
    }

    /** As {@link AttemptLedger#end}. */
    void end(JobId id, long size, String stream, long sentTo, long handedTo, InetAddress client, Instant now) {
        change(id, size, client, now, ledger -> {
            ledger.end(stream, sentTo, handedTo, now);
            return null;
        });
    }

    /** Says that what this node was sending before it started is over. */
    void declareDead(Instant now) {
        database.change(tx -> LedgerTable.declareDead(tx, settings.node(), now));
    }

    /** Counts what dead processes sent and their clients have proven. */
    void settleDead(Instant now) {
        for (JobId id : database.read(handle -> LedgerTable.unsettled(handle, now))) {
            change(id, 0, null, now, ledger -> null);
        }
    }

    /**
     * Bytes that are charged at once: few enough that a crash does not eat up the allowance of a small archive, many
     * enough that a large one costs a transaction only now and then.
     */
    static long unit(long size) {
        return Math.max(1L << 20, Math.min(64L << 20, size / 16));
    }

    /** Tells of links whose time is over, once each, as far as there was still something to be had. */
    void tellExpired(Instant now) {
        for (JobId id : database.read(handle -> LinkTable.untold(handle, now))) {
            database.change(tx -> {
                LinkRow link = LinkTable.find(tx, id).orElse(null);
                boolean open = link != null && link.broken() == null && link.killed() == null;
                if (LinkTable.setTold(tx, id) && open && !link.usedUp(settings)) {
                    watch.expired(tx, told(link, link.completed(), null, now));
                }
            });
        }
    }

    private void tell(
            Handle tx, LinkRow link, LedgerTable.State before, AttemptLedger after, InetAddress client, Instant now) {
        int begunBefore = link.completed() + before.open().size();
        int begunAfter = after.completed() + after.open().size();
        for (int number = begunBefore + 1; number <= begunAfter; number++) {
            watch.begun(tx, told(link, number, client, now));
        }
        for (int number = link.completed() + 1; number <= after.completed(); number++) {
            watch.counted(tx, told(link, number, client, now));
        }
        int most = link.request().maxDownloads();
        if (most != LinkRequest.NO_LIMIT && link.completed() < most && after.completed() >= most) {
            watch.usedUp(tx, told(link, after.completed(), client, now));
        }
    }

    private static DownloadWatch.Download told(LinkRow link, int number, InetAddress client, Instant now) {
        return new DownloadWatch.Download(link.request().group(), link.id(), number, client, now);
    }

    private <T> T change(JobId id, long size, InetAddress client, Instant now, Function<AttemptLedger, T> work) {
        return change(id, size, client, now, (link, ledger) -> work.apply(ledger));
    }

    private <T> T change(
            JobId id, long size, InetAddress client, Instant now, BiFunction<LinkRow, AttemptLedger, T> work) {
        return database.write(tx -> {
            LedgerTable.lock(tx, database.dialect(), id);
            LinkRow link = LinkTable.find(tx, id)
                    .orElseThrow(() -> new IllegalStateException("link " + id + " has gone while it was used"));
            long bytes = link.size() == null ? size : link.size();
            AttemptLedger ledger = LedgerTable.load(tx, link, LinkTerms.of(link.request(), bytes, settings));
            LedgerTable.State before = LedgerTable.State.of(ledger);
            ledger.settleDead(now);
            T result = work.apply(link, ledger);
            LedgerTable.save(tx, link, bytes, before, ledger);
            tell(tx, link, before, ledger, client, now);
            return result;
        });
    }
}
