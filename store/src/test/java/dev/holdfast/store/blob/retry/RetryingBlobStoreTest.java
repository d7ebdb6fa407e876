package dev.holdfast.store.blob.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobStoreContract;
import dev.holdfast.store.blob.BlobWriter;
import dev.holdfast.store.blob.NoSuchBlob;
import dev.holdfast.store.blob.memory.MemoryBlobStore;
import dev.holdfast.store.testing.FaultyBlobStore;
import dev.holdfast.store.testing.FaultyBlobStore.Step;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryingBlobStoreTest extends BlobStoreContract {
    private final FaultyBlobStore faulty = new FaultyBlobStore(new MemoryBlobStore(Clock.systemUTC()));
    private final List<Duration> pauses = new ArrayList<>();
    private final BlobStore blobs = new RetryingBlobStore(
            faulty,
            new RetryPolicy(4, Duration.ofMillis(100), Duration.ofMillis(250)),
            trouble -> true,
            pauses::add,
            new Random(1));

    @Override
    protected BlobStore make() {
        return blobs;
    }

    @Test
    void everyStep_isMadeAgain() {
        for (Step step : List.of(Step.CREATE, Step.WRITE, Step.COMMIT)) {
            faulty.failNext(step, "a", 3);
        }
        blobs.put("a", new byte[] {1, 2, 3});
        faulty.failNext(Step.READ, "a", 3).failNext(Step.DELETE, "a", 3);
        ByteBuffer target = ByteBuffer.allocate(3);
        try (BlobReader reader = blobs.open("a")) {
            assertThat(reader.read(0, target)).isEqualTo(3);
        }
        assertThat(target.array()).containsExactly(1, 2, 3);
        assertThat(blobs.delete("a")).isTrue();
        assertThat(pauses).hasSize(5 * 3);
    }

    @Test
    void afterTheLastTry_theTroubleReachesTheCaller() {
        faulty.failNext(Step.CREATE, "a", 4);
        assertThatThrownBy(() -> blobs.create("a")).isInstanceOf(Unavailable.class);
        assertThat(pauses).hasSize(3);
        blobs.put("a", new byte[1]);
    }

    @Test
    void pauses_growUpToTheBound_andDiffer() {
        RetryPolicy policy = new RetryPolicy(9, Duration.ofMillis(100), Duration.ofMillis(250));
        Random random = new Random(1);
        for (int failed = 1; failed <= 8; failed++) {
            long bound = List.of(100L, 200L, 250L).get(Math.min(failed, 3) - 1);
            List<Long> drawn = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                drawn.add(policy.pause(failed, random).toMillis());
            }
            assertThat(drawn).allMatch(pause -> pause >= bound / 10 && pause <= bound);
            assertThat(drawn.stream().distinct().count()).isGreaterThan(10);
        }
    }

    @Test
    void whatCannotPass_andOtherTrouble_isNotTriedAgain() {
        BlobStore hopeless =
                new RetryingBlobStore(faulty, RetryPolicy.of(4), trouble -> false, pauses::add, new Random(1));
        faulty.failNext(Step.CREATE, "a", 1);
        assertThatThrownBy(() -> hopeless.create("a")).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> blobs.open("a")).isInstanceOf(NoSuchBlob.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void interruptedWait_endsWithTheTrouble() {
        BlobStore impatient = new RetryingBlobStore(
                faulty,
                RetryPolicy.of(4),
                trouble -> true,
                time -> {
                    throw new InterruptedException();
                },
                new Random(1));
        faulty.failNext(Step.CREATE, "a", 1);
        assertThatThrownBy(() -> impatient.create("a")).isInstanceOf(Unavailable.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void writerThatIsGivenUpByItsFirstFailure_isNotTriedAgain() {
        BlobStore disk = new BlobStore() {
            @Override
            public BlobWriter create(String name) {
                return new DeadWriter();
            }

            @Override
            public BlobReader open(String name) {
                throw new NoSuchBlob(name);
            }

            @Override
            public List<String> list(String prefix) {
                return List.of();
            }

            @Override
            public List<BlobEntry> survey(String prefix) {
                return List.of();
            }

            @Override
            public OptionalLong writtenMillis(String name) {
                return OptionalLong.empty();
            }

            @Override
            public OptionalLong clockMillis() {
                return OptionalLong.empty();
            }

            @Override
            public int giveUpUnfinished(long ageMillis) {
                return 0;
            }

            @Override
            public boolean delete(String name) {
                return false;
            }

            @Override
            public void close() {}
        };
        BlobStore retrying =
                new RetryingBlobStore(disk, RetryPolicy.of(4), trouble -> true, pauses::add, new Random(1));
        assertThatThrownBy(() -> retrying.put("a", new byte[1])).isInstanceOf(Unavailable.class);
        assertThat(pauses).isEmpty();
    }

    private static final class DeadWriter implements BlobWriter {
        @Override
        public void write(ByteBuffer bytes) {
            throw new Unavailable("the disk is full");
        }

        @Override
        public long position() {
            return 0;
        }

        @Override
        public void commit() {
            throw new IllegalStateException("given up");
        }

        @Override
        public void close() {}
    }
}
