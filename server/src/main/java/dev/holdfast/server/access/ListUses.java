package dev.holdfast.server.access;

import dev.holdfast.contract.id.KeyId;
import dev.holdfast.database.Database;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which entries of access lists admitted an operation that requires one: how often, when last, from where. Gathered in
 * memory and written every few seconds in one transaction, so that a busy key costs no statement per request. A crash
 * loses what was not written; the figures tell an owner which entries are in use, and decide nothing.
 */
public final class ListUses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ListUses.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Database database;
    private final Map<Entry, Use> uses = new ConcurrentHashMap<>();
    private ScheduledExecutorService writer;

    private record Entry(String key, String block) {}

    private record Use(long count, Instant last, InetAddress from) {
        Use and(Use other) {
            Use later = other.last.isBefore(last) ? this : other;
            return new Use(count + other.count, later.last, later.from);
        }
    }

    ListUses(Database database) {
        this.database = database;
    }

    /** Begins to write now and then. */
    public synchronized void start() {
        writer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "access-list-uses");
            thread.setDaemon(true);
            return thread;
        });
        writer.scheduleWithFixedDelay(this::tryToFlush, PERIOD.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
    }

    /** An entry let somebody through. */
    void note(KeyId key, AddressBlock block, InetAddress from, Instant now) {
        uses.merge(new Entry(key.hex(), block.toString()), new Use(1, now, from), Use::and);
    }

    /** Writes what was gathered; what cannot be written stays. */
    void flush() {
        if (uses.isEmpty()) {
            return;
        }
        Map<Entry, Use> taken = new HashMap<>();
        for (Entry entry : uses.keySet()) {
            Use use = uses.remove(entry);
            if (use != null) {
                taken.put(entry, use);
            }
        }
        // in one order, so that two nodes do not wait for each other
        List<Entry> entries = new ArrayList<>(taken.keySet());
        entries.sort(Comparator.comparing(Entry::key).thenComparing(Entry::block));
        boolean written = false;
        try {
            database.change(tx -> {
                for (Entry entry : entries) {
                    Use use = taken.get(entry);
                    KeyTable.addUse(
                            tx, entry.key(), entry.block(), use.count(), use.last(), AddressBlock.textOf(use.from()));
                }
            });
            written = true;
        } finally {
            if (!written) {
                taken.forEach((entry, use) -> uses.merge(entry, use, Use::and));
            }
        }
    }

    private void tryToFlush() {
        try {
            flush();
        } catch (RuntimeException e) {
            LOG.warn("the uses of access lists are not written yet, and will be tried again: {}", e.getMessage());
        }
    }

    /** Writes the rest. */
    @Override
    public synchronized void close() {
        if (writer != null) {
            writer.shutdown();
        }
        tryToFlush();
    }
}
