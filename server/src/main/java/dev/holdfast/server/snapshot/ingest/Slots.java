package dev.holdfast.server.snapshot.ingest;

import dev.holdfast.contract.trouble.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;

/** A bound on how many do something at once; the others wait in turn without a thread. Safe for several threads. */
final class Slots {
    private static final int MOST_WAITING = 256;

    private final String what;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int free;

    /** {@code what} names them in a message: "bodies of segments". */
    Slots(String what, int size) {
        this.what = what;
        this.free = size;
    }

    /** One of them; give it back once, or more often. */
    final class Slot {
        private final AtomicBoolean taken = new AtomicBoolean(true);

        void release() {
            if (taken.compareAndSet(true, false)) {
                Slots.this.release();
            }
        }
    }

    /** A slot, now or later, handed over on {@code context}; {@link Unavailable} when too many wait already. */
    Future<Slot> take(Context context) {
        Promise<Slot> promise = Promise.promise();
        synchronized (this) {
            if (free > 0) {
                free--;
                return Future.succeededFuture(new Slot());
            }
            if (waiting.size() >= MOST_WAITING) {
                return Future.failedFuture(new Unavailable(
                        MOST_WAITING + " " + what + " wait already\nHINT: send fewer requests at once; try again."));
            }
            waiting.add(() -> context.runOnContext(go -> promise.complete(new Slot())));
        }
        return promise.future();
    }

    private void release() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free++;
            }
        }
        if (next != null) {
            next.run();
        }
    }
}
