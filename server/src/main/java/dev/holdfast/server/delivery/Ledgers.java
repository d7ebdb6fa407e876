package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.JobId;
import dev.holdfast.database.Database;
import dev.holdfast.server.delivery.AttemptLedger.Admission;
import dev.holdfast.server.delivery.ByteRanges.Range;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The ledgers of all links, each change a transaction of its own. Blocks. What a method returned is durable: a process
 * that dies afterwards has charged the bytes that it was about to send.
 */
final class Ledgers {
    /** In place of a grant: the link was killed, and nothing more may be sent. */
    static final long KILLED = -1;

    private final Database database;
    private final DeliverySettings settings;

    Ledgers(Database database, DeliverySettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** Whether a request is served, and if so how far it may send of its first range. */
    record Opening(Admission admission, long grantedTo) {}

    /**
     * Admits a request and charges its first bytes.
     *
     * @param stream a new id for the answer
     */
    Opening open(LinkRow link, long size, Selection wanted, String stream, Instant now) {
        return change(link.id(), size, now, ledger -> {
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
    long send(JobId id, long size, String stream, long sentTo, long from, long to, Instant now) {
        return change(
                id,
                size,
                now,
                (link, ledger) ->
                        link.killed() != null ? KILLED : ledger.send(stream, settings.node(), sentTo, from, to, now));
    }

    /** As {@link AttemptLedger#end}. */
    void end(JobId id, long size, String stream, long sentTo, long handedTo, Instant now) {
        change(id, size, now, ledger -> {
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
            change(id, 0, now, ledger -> null);
        }
    }

    /**
     * Bytes that are charged at once: few enough that a crash does not eat up the allowance of a small archive, many
     * enough that a large one costs a transaction only now and then.
     */
    static long unit(long size) {
        return Math.max(1L << 20, Math.min(64L << 20, size / 16));
    }

    private <T> T change(JobId id, long size, Instant now, Function<AttemptLedger, T> work) {
        return change(id, size, now, (link, ledger) -> work.apply(ledger));
    }

    private <T> T change(JobId id, long size, Instant now, BiFunction<LinkRow, AttemptLedger, T> work) {
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
            return result;
        });
    }
}
