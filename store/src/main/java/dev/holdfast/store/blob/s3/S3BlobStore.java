package dev.holdfast.store.blob.s3;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobNames;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobWriter;
import dev.holdfast.store.blob.NoSuchBlob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * Blobs as objects of an S3-compatible server. Every request is made once: whoever wants it made again wraps this in a
 * {@link dev.holdfast.store.blob.retry.RetryingBlobStore} with {@link #mayPass}.
 */
public final class S3BlobStore implements BlobStore {
    /** Bytes of a part, and so of memory for a blob being written. A pack of 1 GiB has 128 of the 10,000 allowed. */
    static final int PART = 8 << 20;

    /** Older than any write in progress. */
    private static final Duration LEFTOVER_AGE = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(S3BlobStore.class);
    private static final int LISTED = 1000;
    private static final int STRIPES = 64;

    private final S3Objects objects;
    private final S3Uploads uploads;
    private final RecentCommits recent;
    private final Clock clock;
    private final RandomGenerator random;
    private final Object[] locks = new Object[STRIPES];

    S3BlobStore(S3Objects objects, int partBytes, Clock clock, RandomGenerator random) {
        this.objects = objects;
        this.uploads = new S3Uploads(objects, partBytes, clock);
        this.recent = new RecentCommits(clock);
        this.clock = clock;
        this.random = random;
        for (int i = 0; i < STRIPES; i++) {
            locks[i] = new Object();
        }
    }

    /**
     * Opens a store, without a request: whether the server answers shows with the first call.
     *
     * @param clock tells how old uploads and commits are
     * @param random marks what this process writes; safe for several threads
     * @throws Unavailable if no region is known
     */
    public static S3BlobStore open(S3Settings settings, Clock clock, RandomGenerator random) {
        return open(settings, DefaultCredentialsProvider.builder().build(), clock, random);
    }

    static S3BlobStore open(
            S3Settings settings, AwsCredentialsProvider credentials, Clock clock, RandomGenerator random) {
        S3Objects objects = new S3Objects(S3Connection.make(settings, credentials), settings, LISTED);
        return new S3BlobStore(objects, PART, clock, random);
    }

    /** Whether what failed may succeed in a moment: a server that is overloaded, but not a bucket that does not exist. */
    public static boolean mayPass(Unavailable trouble) {
        return S3Trouble.mayPass(trouble);
    }

    /** Gives up uploads that a crash left a week ago or earlier: they are no blobs, but they are paid for. Never fails. */
    public void sweepLeftovers() {
        try {
            int count = giveUpUnfinished(LEFTOVER_AGE.toMillis());
            if (count > 0) {
                LOG.info(
                        "gave up {} uploads in {} that a crash had left",
                        count,
                        objects.settings().place());
            }
        } catch (Unavailable e) {
            LOG.warn("unfinished uploads were not looked for: {}", e.getMessage());
        }
    }

    @Override
    public BlobWriter create(String name) {
        return begin(name, false);
    }

    @Override
    public BlobWriter replacement(String name) {
        return begin(name, true);
    }

    private BlobWriter begin(String name, boolean replaces) {
        BlobNames.require(name);
        String mark = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        return new S3BlobWriter(name, mark, replaces, uploads, this);
    }

    @Override
    public BlobReader open(String name) {
        BlobNames.require(name);
        try {
            return new S3BlobReader(name, objects, objects.open(name), this::notVisibleYet);
        } catch (NoSuchBlob e) {
            throw notVisibleYet(e, name);
        }
    }

    @Override
    public List<String> list(String prefix) {
        return survey(prefix).stream().map(BlobEntry::name).toList();
    }

    @Override
    public List<BlobEntry> survey(String prefix) {
        TreeMap<String, BlobEntry> entries = new TreeMap<>(recent.from(prefix));
        for (BlobEntry entry : objects.list(prefix)) {
            if (BlobNames.isValid(entry.name())) {
                entries.put(entry.name(), entry);
            }
        }
        return List.copyOf(entries.values());
    }

    @Override
    public OptionalLong writtenMillis(String name) {
        return uploads.writtenMillis(BlobNames.require(name));
    }

    @Override
    public OptionalLong clockMillis() {
        return OptionalLong.of(objects.clock().toEpochMilli());
    }

    /** Uploads of this process stay, however old they are. */
    @Override
    public int giveUpUnfinished(long ageMillis) {
        Instant there = objects.clock();
        Instant here = clock.instant();
        return uploads.abortBegunBefore((there.isBefore(here) ? there : here).minusMillis(ageMillis));
    }

    /** Of two that delete the same blob at the same moment, both may be told that they did it. */
    @Override
    public boolean delete(String name) {
        BlobNames.require(name);
        boolean there = uploads.mark(name) != null || recent.contains(name);
        if (there) {
            objects.delete(name);
            recent.remove(name);
        }
        return there;
    }

    @Override
    public void close() {
        objects.close();
    }

    /** Runs what gives {@code name} to an object while no other thread of this process does. */
    boolean alone(String name, BooleanSupplier publish) {
        synchronized (locks[Math.floorMod(name.hashCode(), STRIPES)]) {
            boolean won = publish.getAsBoolean();
            if (won) {
                recent.add(name);
            }
            return won;
        }
    }

    S3Objects objects() {
        return objects;
    }

    boolean isRecent(String name) {
        return recent.contains(name);
    }

    /** What to throw when the server does not have a blob: it must show what this process committed, in the end. */
    private RuntimeException notVisibleYet(NoSuchBlob missing, String name) {
        return recent.contains(name) ? S3Trouble.notVisibleYet(name, objects.settings()) : missing;
    }
}
