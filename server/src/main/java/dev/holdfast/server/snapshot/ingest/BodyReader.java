package dev.holdfast.server.snapshot.ingest;

import dev.holdfast.server.http.StatusRefusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/**
 * Reads the body of one paused request, on its event loop, as fast as it is taken in and no faster. A sender that is
 * slower than 1 KiB a second or goes away is given up. A request without a body has ended before anyone reads it.
 */
final class BodyReader {
    private static final long LEAST_PER_SECOND = 1024;
    private static final int WRITE_SIZE = 256 << 10;

    private final Context context;
    private final HttpServerRequest request;
    private final Duration stall;
    private final IngestWorkers workers;
    private final Promise<Void> end = Promise.promise();
    private Buffer pending = Buffer.buffer();
    private long received;
    private long receivedAtTick;
    private boolean writing;

    BodyReader(Context context, HttpServerRequest request, Duration stall, IngestWorkers workers) {
        this.context = context;
        this.request = request;
        this.stall = stall;
        this.workers = workers;
    }

    /** The body, of at most {@code max} bytes. */
    Future<byte[]> intoMemory(int max) {
        if (request.isEnded()) {
            return Future.succeededFuture(new byte[0]);
        }
        Memory memory = new Memory(declaredLength(max));
        request.handler(chunk -> {
            received += chunk.length();
            if (received > max) {
                end.tryFail(new StatusRefusal(413, "The body has more than " + max + " bytes."));
            } else {
                memory.append(chunk);
            }
        });
        request.endHandler(ended -> end.tryComplete());
        return start().map(done -> memory.bytes());
    }

    /** Writes the body to {@code spool} on workers, one piece at a time; the request rests meanwhile. */
    Future<Void> into(FileListSpool spool) {
        if (request.isEnded()) {
            return Future.succeededFuture();
        }
        request.handler(chunk -> {
            received += chunk.length();
            pending.appendBuffer(chunk);
            if (pending.length() >= WRITE_SIZE) {
                writing = true;
                request.pause();
                flush(spool).onComplete(written -> {
                    writing = false;
                    if (written.succeeded()) {
                        request.resume();
                    } else {
                        end.tryFail(written.cause());
                    }
                });
            }
        });
        request.endHandler(ended -> flush(spool).onComplete(written -> {
            if (written.succeeded()) {
                end.tryComplete();
            } else {
                end.tryFail(written.cause());
            }
        }));
        return start();
    }

    private Future<Void> start() {
        if (request.response().closed()) {
            return Future.failedFuture(new Gone());
        }
        request.exceptionHandler(cut -> end.tryFail(new Gone()));
        long timer = context.owner().setPeriodic(stall.toMillis(), tick -> {
            boolean slow = received - receivedAtTick < LEAST_PER_SECOND * stall.toMillis() / 1000;
            receivedAtTick = received;
            if (slow && !writing) {
                end.tryFail(new StatusRefusal(408, "The body came too slowly; " + received + " bytes were read."));
            }
        });
        request.resume();
        return end.future().onComplete(any -> {
            context.owner().cancelTimer(timer);
            if (any.failed()) {
                request.handler(null).endHandler(null);
            }
        });
    }

    private Future<Void> flush(FileListSpool spool) {
        Buffer piece = pending;
        pending = Buffer.buffer();
        return workers.run(context, () -> {
            spool.write(ByteBuffer.wrap(piece.getBytes()));
            return null;
        });
    }

    private int declaredLength(int max) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : (int) Math.min(Long.parseLong(length.trim()), max);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The sender is gone: there is nobody to answer to. */
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1;

        Gone() {
            super("the sender is gone", null, false, false);
        }
    }

    /** Bytes in one array, which is not copied when the sender said how many come. */
    private static final class Memory {
        private byte[] bytes;
        private int length;

        Memory(int expected) {
            bytes = new byte[Math.max(0, expected)];
        }

        void append(Buffer chunk) {
            if (length + chunk.length() > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + chunk.length()));
            }
            chunk.getBytes(bytes, length);
            length += chunk.length();
        }

        byte[] bytes() {
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        }
    }
}
