package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.database.Database;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.http.Gate;
import dev.holdfast.server.http.HttpConfig;
import dev.holdfast.server.http.HttpServerRunner;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Router;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A node that serves links over real sockets, with archives in memory and a clock that is set by hand. */
final class LinkFixture implements AutoCloseable {
    static final GroupId GROUP = new GroupId("5196d3628d022db4cbc26d9e");
    static final Instant START = Instant.parse("2026-03-04T22:07:27Z");

    final Database database;
    final MemoryStore store;
    final HandClock clock;
    final DeliveryLinks links;
    private final HttpServerRunner server;
    private int jobs;

    LinkFixture(Database database, MemoryStore store, DeliverySettings settings, HandClock clock) {
        this.database = database;
        this.store = store;
        this.clock = clock;
        this.links = new DeliveryLinks(database, store, settings, clock, new SecureRandom());
        Router router = new Router();
        links.routes().addTo(router);
        server = new HttpServerRunner(
                HttpConfig.plain("127.0.0.1", 0), router, new NoGate(), clock, new ObjectIds(clock, new Random(1)));
        links.start();
        server.start();
    }

    int port() {
        return server.port();
    }

    /** Makes a link to {@code archive} that expires an hour after {@link #START}. */
    JobId link(byte[] archive, int maxDownloads) {
        return link(part -> store.put(part, archive), maxDownloads);
    }

    /** The same to an archive of that length that is in no memory. */
    JobId hugeLink(long length, int maxDownloads) {
        return link(part -> store.putHuge(part, length), maxDownloads);
    }

    private JobId link(Consumer<PartId> stored, int maxDownloads) {
        String hex = String.format("56da071f8d022d10b2f0%04x", ++jobs);
        PartId part = new PartId(hex);
        stored.accept(part);
        JobId job = new JobId(hex);
        String file = "config-5462e6b97a312f26496f7d1385ec6ed5-1456098690-" + hex + ".tar.gz";
        database.change(tx -> links.create(
                tx, new LinkRequest(job, GROUP, part, file, maxDownloads, START.plusSeconds(3600), START)));
        return job;
    }

    LinkState state(JobId job) {
        return links.state(job, clock.instant());
    }

    LinkRow row(JobId job) {
        return database.read(handle -> LinkTable.find(handle, job)).orElseThrow();
    }

    String path(JobId job) {
        return state(job).path();
    }

    /** A new connection. */
    RawClient client() {
        return new RawClient(port());
    }

    /** GET over a connection of its own. */
    RawClient.Response get(JobId job, String... headers) {
        try (RawClient client = client()) {
            return client.exchange("GET", path(job), headers);
        }
    }

    RawClient.Response head(JobId job, String... headers) {
        try (RawClient client = client()) {
            return client.exchange("HEAD", path(job), headers);
        }
    }

    /** Reads {@code bytes} of the body and goes away without a word. */
    byte[] getAndCut(JobId job, int bytes, String... headers) {
        try (RawClient client = client()) {
            client.send("GET", path(job), headers);
            client.readHead();
            return client.readBytes(bytes);
        }
    }

    /** Waits for something that another thread brings about. */
    static void eventually(String what, BooleanSupplier holds) {
        for (int i = 0; i < 1000; i++) {
            if (holds.getAsBoolean()) {
                return;
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("does not happen: " + what);
    }

    /** Waits until nothing is being sent. */
    void quiet(JobId job) {
        eventually(
                "every answer is counted",
                () -> database.read(handle -> handle.createQuery(
                                        "SELECT count(*) FROM delivery_stream WHERE job_id = ? AND touched >= ?")
                                .bind(0, job.hex())
                                .bind(1, clock.instant().toEpochMilli())
                                .mapTo(Integer.class)
                                .one())
                        == 0);
    }

    static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        server.close();
        links.close();
    }

    /** A clock that stands still until it is set. */
    static final class HandClock extends Clock {
        volatile Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class NoGate implements Gate {
        @Override
        public Caller authenticate(String method, String target, String authorization, Instant now) {
            throw new Unauthenticated(false);
        }

        @Override
        public Caller authenticateAgent(String authorization) {
            throw new Unauthenticated(false);
        }

        @Override
        public void admit(Caller caller, Need need, GroupId group, boolean listed, InetAddress address, Instant now) {
            throw new AssertionError("a link needs no admission");
        }

        @Override
        public String challenge(boolean stale, Instant now) {
            return "Digest";
        }
    }
}
