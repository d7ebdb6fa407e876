package dev.holdfast.server.snapshot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.trouble.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SlotsTest {
    private Vertx vertx;
    private Context context;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        context = vertx.getOrCreateContext();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void waiters_areServedInTurn_oncePerRelease() throws Exception {
        Slots slots = new Slots("things", 1);
        Slots.Slot first = now(slots.take(context));
        Future<Slots.Slot> second = slots.take(context);
        Future<Slots.Slot> third = slots.take(context);
        assertThat(second.isComplete()).isFalse();
        first.release();
        first.release();
        Slots.Slot held = now(second);
        assertThat(third.isComplete()).as("a slot given back twice counts once").isFalse();
        held.release();
        now(third).release();
        assertThat(slots.take(context).isComplete()).isTrue();
    }

    @Test
    void tooManyWaiters_areToldToTryAgain() throws Exception {
        Slots slots = new Slots("things", 1);
        Slots.Slot first = now(slots.take(context));
        List<Future<Slots.Slot>> waiting = new ArrayList<>();
        Future<Slots.Slot> last = slots.take(context);
        while (!last.failed()) {
            waiting.add(last);
            last = slots.take(context);
        }
        assertThat(last.cause()).isInstanceOf(Unavailable.class).hasMessageContaining("HINT");
        first.release();
        for (Future<Slots.Slot> each : waiting) {
            now(each).release();
        }
        assertThat(slots.take(context).isComplete()).isTrue();
    }

    private static <T> T now(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
