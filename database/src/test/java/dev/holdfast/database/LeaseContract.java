package dev.holdfast.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lease on every database. */
abstract class LeaseContract {
    private static final Instant NOON = Instant.parse("2016-02-21T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Database database;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void oneHasIt_untilItsTimeIsOver() {
        assertThat(lease("a", NOON).take()).isTrue();
        assertThat(lease("b", NOON.plusMillis(59_999)).take()).isFalse();
        assertThat(lease("b", NOON.plusSeconds(60)).take()).isTrue();
        assertThat(lease("a", NOON.plusSeconds(61)).take()).isFalse();
    }

    @Test
    void whoeverHasIt_keepsItByTakingItAgain() {
        assertThat(lease("a", NOON).take()).isTrue();
        assertThat(lease("a", NOON.plusSeconds(30)).take()).isTrue();
        assertThat(lease("b", NOON.plusSeconds(60)).take()).isFalse();
        assertThat(lease("b", NOON.plusSeconds(90)).take()).isTrue();
    }

    @Test
    void released_itIsFree_butNobodyElseCanReleaseIt() {
        assertThat(lease("a", NOON).take()).isTrue();
        lease("b", NOON).release();
        assertThat(lease("b", NOON).take()).isFalse();
        lease("a", NOON).release();
        lease("a", NOON).release();
        assertThat(lease("b", NOON).take()).isTrue();
    }

    @Test
    void otherTasks_areOtherLeases() {
        assertThat(lease("a", NOON).take()).isTrue();
        assertThat(new Lease(database, "other", "b", MINUTE, Clock.fixed(NOON, ZoneOffset.UTC)).take())
                .isTrue();
    }

    @Test
    void manyAtOnce_oneGetsIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> claims = IntStream.range(0, 16)
                    .mapToObj(i ->
                            (Callable<Boolean>) () -> lease("node" + i, NOON).take())
                    .toList();
            int taken = 0;
            for (Future<Boolean> claim : threads.invokeAll(claims)) {
                taken += claim.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(1);
        } finally {
            threads.shutdown();
        }
    }

    private Lease lease(String holder, Instant now) {
        return new Lease(database, "task", holder, MINUTE, Clock.fixed(now, ZoneOffset.UTC));
    }
}
