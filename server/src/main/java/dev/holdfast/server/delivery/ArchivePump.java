package dev.holdfast.server.delivery;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.server.delivery.ByteRanges.Range;
import dev.holdfast.server.delivery.Reply.Download;
import dev.holdfast.server.delivery.Reply.Piece;
import io.netty.buffer.Unpooled;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one answer. Lives on the event loop of its connection; reading and counting are done elsewhere and come back
 * here. A fixed number of slabs goes round between the reader and the socket, and one that the socket has not taken
 * cannot be filled again: that is the back-pressure, and the bound on memory.
 *
 * <p>Nothing is written that was not charged before. When the answer cannot go on, the connection is broken before the
 * promised length is reached, so that no client takes the part for the whole.
 */
final class ArchivePump {
    private static final Logger log = LoggerFactory.getLogger(ArchivePump.class);
    private static final long TICK_MILLIS = 5_000;

    private final Context context;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Download download;
    private final Deliveries shop;
    private final StreamAccount account;
    private final ReadAhead ahead;
    private final Runnable whenOver;
    private int piece = -1;
    private Range range;
    private long sent;
    private long handed;
    private long granted;
    private boolean charging;
    private boolean noMore;
    private boolean over;
    private long timer = -1;
    private long idleMillis;
    private CompletableFuture<Void> ending;
    private final Runnable cut = () -> onLoop(() -> stop("an administrator stopped the job"));

    /**
     * Prepares an answer.
     *
     * @param whenOver runs once, when the answer is over and counted
     */
    ArchivePump(Context context, HttpServerRequest request, Download download, Deliveries shop, Runnable whenOver) {
        this.context = context;
        this.request = request;
        this.response = request.response();
        this.download = download;
        this.shop = shop;
        this.whenOver = whenOver;
        this.account = shop.account(download);
        this.ahead = new ReadAhead(
                download.archive(),
                shop.readers(),
                shop.slabs(),
                slab -> onLoop(() -> write(slab)),
                e -> onLoop(() -> readFailed(e)));
    }

    /** Begins to send. */
    void start() {
        next(download.grantedTo());
        if (response.closed()) {
            stop("the client left before the first byte");
            return;
        }
        if (!shop.running().begin(download.link().id(), cut)) {
            cut.run();
            return;
        }
        response.closeHandler(v -> stop("the client left"));
        response.exceptionHandler(e -> stop("the connection failed"));
        response.setStatusCode(download.status());
        download.headers().forEach(response::putHeader);
        long tick = Math.max(1, Math.min(TICK_MILLIS, shop.settings().stall().toMillis() / 4));
        timer = context.owner().setPeriodic(tick, id -> tick(tick));
        for (int i = 0; i < shop.settings().slabsAhead(); i++) {
            ahead.give(shop.slabs().take());
        }
        begin();
    }

    private void next(long grantedTo) {
        piece++;
        range = download.pieces().get(piece).range();
        sent = range.from();
        handed = range.from();
        granted = grantedTo;
        noMore = false;
    }

    private void begin() {
        Piece now = download.pieces().get(piece);
        if (granted == range.from()) {
            stop("the allowance for retries is used up");
            return;
        }
        if (now.preamble().length > 0) {
            response.write(Buffer.buffer(now.preamble())).onFailure(e -> stop("the client left"));
        }
        ahead.begin(range, granted);
    }

    private void write(ByteBuffer slab) {
        if (over) {
            shop.slabs().give(slab);
            return;
        }
        int bytes = slab.remaining();
        handed += bytes;
        if (handed == range.to() && lastPiece()) {
            ending = shop.endings().begin(download.link().id());
        }
        response.write(BufferInternal.buffer(Unpooled.wrappedBuffer(slab)))
                .onComplete(done -> onLoop(() -> written(slab, bytes, done.succeeded())));
    }

    private void written(ByteBuffer slab, int bytes, boolean taken) {
        if (over || !taken) {
            shop.slabs().give(slab);
            stop("the client left");
            return;
        }
        sent += bytes;
        shop.bytesSent().add(bytes);
        idleMillis = 0;
        ahead.give(slab);
        if (sent < range.to()) {
            goOn();
        } else if (lastPiece()) {
            finish();
        } else {
            Range following = download.pieces().get(piece + 1).range();
            charge(following.from(), Math.min(following.to(), following.from() + account.unit()), true);
        }
    }

    private boolean lastPiece() {
        return piece == download.pieces().size() - 1;
    }

    /** Charges the next unit while half of the last one is still on its way. */
    private void goOn() {
        if (noMore && sent == granted) {
            stop("the allowance for retries is used up, or the grace is over");
        } else if (!noMore && !charging && granted < range.to() && granted - sent <= account.unit() / 2) {
            charge(sent, Math.min(range.to(), granted + account.unit()), false);
        }
    }

    private void charge(long from, long to, boolean nextPiece) {
        charging = true;
        account.send(sent, from, to)
                .whenComplete((grant, failure) -> onLoop(() -> {
                    charging = false;
                    if (over) {
                        return;
                    }
                    if (failure != null) {
                        log.warn(
                                "download of restore job {} breaks off: it cannot be counted",
                                download.link().id(),
                                failure);
                        stop("it cannot be counted");
                    } else if (grant == Ledgers.KILLED) {
                        cut.run();
                    } else if (nextPiece) {
                        next(grant);
                        begin();
                    } else {
                        noMore = grant <= granted && to > granted;
                        granted = grant;
                        ahead.allow(grant);
                        goOn();
                    }
                }));
    }

    private void tick(long millis) {
        idleMillis += millis;
        if (idleMillis >= shop.settings().stall().toMillis()) {
            stop("the client took nothing for " + shop.settings().stall());
        } else if (!charging && sent < range.to()) {
            charge(sent, granted, false); // a sign of life, and what was sent so far is kept
        }
    }

    private void readFailed(Throwable e) {
        if (over) {
            return;
        }
        if (e instanceof Corruption damage) {
            shop.damaged(download.link().id(), damage);
            Cut.reset(request);
        } else {
            log.warn(
                    "download of restore job {} breaks off at byte {}",
                    download.link().id(),
                    handed,
                    e);
        }
        stop("the archive cannot be read");
    }

    private void finish() {
        if (download.epilogue().length > 0) {
            response.end(Buffer.buffer(download.epilogue()));
        } else {
            response.end();
        }
        close();
    }

    private void stop(String why) {
        if (over) {
            return;
        }
        log.info(
                "download of restore job {} ends at byte {} of {}-{}: {}",
                download.link().id(),
                sent,
                range.from(),
                range.to(),
                why);
        Cut.close(request);
        close();
    }

    private void close() {
        over = true;
        if (timer >= 0) {
            context.owner().cancelTimer(timer);
        }
        ahead.close();
        shop.running().end(download.link().id(), cut);
        account.end(sent, handed).whenComplete((done, failure) -> {
            if (failure != null) {
                log.warn(
                        "download of restore job {} is not counted up to byte {}; it will be when its client resumes",
                        download.link().id(),
                        sent,
                        failure);
            }
            if (ending != null) {
                ending.complete(null);
            }
            whenOver.run();
        });
    }

    private void onLoop(Runnable work) {
        context.runOnContext(v -> work.run());
    }
}
