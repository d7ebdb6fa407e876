package dev.holdfast.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether a node should be sent requests. Anybody may ask, as often as they like, so what was found is good for some
 * seconds; and the answers name no path.
 */
final class Readiness implements Supplier<Map<String, String>> {
    private static final Duration GOOD_FOR = Duration.ofSeconds(5);
    private static final String OK = "OK";

    private final Runnable database;
    private final DataDirectory data;
    private final long minFree;
    private final BooleanSupplier stopping;
    private final Clock clock;
    private Map<String, String> found;
    private Instant at;

    /**
     * Does no I/O.
     *
     * @param database throws when it does not answer
     * @param minFree bytes that must be free on the disk of the data directory
     * @param stopping whether the node is about to stop
     */
    Readiness(Runnable database, DataDirectory data, long minFree, BooleanSupplier stopping, Clock clock) {
        this.database = database;
        this.data = data;
        this.minFree = minFree;
        this.stopping = stopping;
        this.clock = clock;
    }

    @Override
    public synchronized Map<String, String> get() {
        Instant now = clock.instant();
        if (found == null || now.isAfter(at.plus(GOOD_FOR)) || now.isBefore(at)) {
            found = look();
            at = now;
        }
        Map<String, String> all = new TreeMap<>(found);
        all.put("running", stopping.getAsBoolean() ? "the server is stopping" : OK);
        return all;
    }

    private Map<String, String> look() {
        Map<String, String> checks = new TreeMap<>();
        try {
            database.run();
            checks.put("database", OK);
        } catch (RuntimeException e) {
            checks.put("database", "it does not answer");
        }
        checks.put("store", writable() ? OK : "the data directory cannot be written to");
        checks.put("disk", freeEnough() ? OK : "less is free than readiness.min-free asks for");
        return checks;
    }

    /** Asked by writing: a file system that went read-only after an error still says that one may write. */
    private boolean writable() {
        try {
            Path probe = Files.createTempFile(data.spool(), "ready", ".probe");
            Files.write(probe, new byte[] {1});
            Files.delete(probe);
            return Files.notExists(data.bucket()) ? Files.isWritable(data.store()) : true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean freeEnough() {
        try {
            return Files.getFileStore(data.root()).getUsableSpace() >= minFree;
        } catch (IOException e) {
            return false;
        }
    }
}
