package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ReadReplaysTest {
    private static final int THREADS = 16;

    @Test
    void countPassesOnce_inAnyOrder() {
        ReadReplays replays = new ReadReplays(16);
        NonceId nonce = new NonceId(1000, 7);
        assertThat(replays.take(nonce, 2)).isTrue();
        assertThat(replays.take(nonce, 1)).isTrue();
        assertThat(replays.take(nonce, 2)).isFalse();
        assertThat(replays.take(new NonceId(1000, 8), 2)).as("another nonce").isTrue();
    }

    @Test
    void atTheBound_theOldestNonceRetires_andIsRefusedFromThenOn() {
        ReadReplays replays = new ReadReplays(16);
        for (int i = 0; i < 17; i++) {
            assertThat(replays.take(new NonceId(1000 + i, i), 1)).isTrue();
        }
        assertThat(replays.size()).isEqualTo(16);
        assertThat(replays.take(new NonceId(1000, 0), 2)).as("retired").isFalse();
        assertThat(replays.take(new NonceId(999, 5), 1))
                .as("never seen, but as old as what was forgotten")
                .isFalse();
        assertThat(replays.take(new NonceId(1016, 16), 1)).as("replayed").isFalse();
        assertThat(replays.take(new NonceId(1016, 16), 2))
                .as("still remembered")
                .isTrue();
        assertThat(replays.size()).isLessThanOrEqualTo(16);
    }

    @Test
    void ofManyThreadsWithTheSameCount_exactlyOnePasses() throws Exception {
        for (int round = 0; round < 200; round++) {
            ReadReplays replays = new ReadReplays(16);
            NonceId nonce = new NonceId(round, round);
            AtomicInteger passed = new AtomicInteger();
            together(() -> {
                if (replays.take(nonce, 1)) {
                    passed.incrementAndGet();
                }
            });
            assertThat(passed).hasValue(1);
        }
    }

    @Test
    void whileNoncesRetire_noCountPassesTwice() throws Exception {
        ReadReplays replays = new ReadReplays(16);
        Map<String, AtomicInteger> passed = new ConcurrentHashMap<>();
        AtomicInteger seeds = new AtomicInteger();
        together(() -> {
            List<NonceId> nonces = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                nonces.add(new NonceId(i / 3, i));
            }
            // nearly in order, as clients come: every thread meets nonces that others make retire
            Random random = new Random(seeds.incrementAndGet());
            for (int i = 0; i < nonces.size(); i++) {
                Collections.swap(nonces, i, Math.min(nonces.size() - 1, i + random.nextInt(8)));
            }
            for (NonceId nonce : nonces) {
                if (replays.take(nonce, 1)) {
                    passed.computeIfAbsent(nonce.toString(), key -> new AtomicInteger())
                            .incrementAndGet();
                }
            }
        });
        assertThat(passed).hasSizeGreaterThan(20);
        assertThat(passed.values()).allSatisfy(times -> assertThat(times).hasValue(1));
        assertThat(replays.size()).isLessThanOrEqualTo(16);
    }

    static void together(Runnable work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Object>> all = Collections.nCopies(THREADS, Executors.callable(work));
            for (Future<Object> done : threads.invokeAll(all)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
    }
}
