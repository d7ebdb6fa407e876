package dev.holdfast.server.delivery;

import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.database.DatabaseTrouble;
import dev.holdfast.server.delivery.DownloadDesk.Ask;
import dev.holdfast.server.delivery.Reply.Bare;
import dev.holdfast.server.delivery.Reply.Download;
import dev.holdfast.server.delivery.Reply.Refused;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET} and {@code HEAD /backup/restore/v2/pull/{jobId}/{token}/{file}}. The link itself is the credential. */
final class DownloadRoute implements Routes {
    /** What every link's path begins with. */
    static final String PREFIX = "/backup/restore/v2/pull/";

    private static final Logger log = LoggerFactory.getLogger(DownloadRoute.class);
    private static final Refused TRY_AGAIN =
            new Refused(503, "UNAVAILABLE", "the download cannot be served now\nHINT: try again in a few seconds.");

    private final DownloadDesk desk;
    private final Deliveries shop;
    private final Consumer<LinkRow> begun;
    private final Semaphore places;

    /**
     * A route.
     *
     * @param begun is told of each link whose bytes are about to be sent
     */
    DownloadRoute(DownloadDesk desk, Deliveries shop, Consumer<LinkRow> begun) {
        this.desk = desk;
        this.shop = shop;
        this.begun = begun;
        this.places = new Semaphore(shop.settings().maxStreams());
    }

    @Override
    public void addTo(RouteTable table) {
        table.addStream("GET", PREFIX + "{jobId}/{token}/{file}", Need.NOTHING, this::handle);
        table.addStream("HEAD", PREFIX + "{jobId}/{token}/{file}", Need.NOTHING, this::handle);
    }

    private void handle(HttpServerRequest request, Call call) {
        Context context = Vertx.currentContext();
        HttpServerResponse response = request.response();
        boolean head = request.method() == HttpMethod.HEAD;
        if (!head && !places.tryAcquire()) {
            write(response, false, TRY_AGAIN);
            return;
        }
        Ask ask = new Ask(
                call.pathParameter("jobId"),
                call.pathParameter("token"),
                call.pathParameter("file"),
                head,
                name -> header(request, name));
        try {
            shop.clerks().execute(() -> {
                Reply reply = decide(ask);
                context.runOnContext(v -> answer(context, request, head, reply));
            });
        } catch (RejectedExecutionException e) {
            leave(head);
            write(response, head, TRY_AGAIN); // shutting down
        }
        request.resume(); // a body on GET means nothing, and must not stay in the connection
    }

    private Reply decide(Ask ask) {
        try {
            return desk.answer(ask, shop.clock().instant());
        } catch (Unavailable | DatabaseTrouble e) {
            log.warn("a download of restore job {} cannot be served now", ask.job(), e);
            return TRY_AGAIN;
        } catch (RuntimeException e) {
            log.error("a download of restore job {} failed", ask.job(), e);
            return new Refused(500, "UNEXPECTED_ERROR", "an unexpected error occurred; the server's log has more");
        }
    }

    private void answer(Context context, HttpServerRequest request, boolean head, Reply reply) {
        if (reply instanceof Download download) {
            begun.accept(download.link());
            new ArchivePump(context, request.response(), download, shop, places::release).start();
            return;
        }
        leave(head);
        if (!request.response().closed()) {
            write(request.response(), head, reply);
        }
    }

    private void leave(boolean head) {
        if (!head) {
            places.release();
        }
    }

    private static void write(HttpServerResponse response, boolean head, Reply reply) {
        if (reply instanceof Bare bare) {
            response.setStatusCode(bare.status());
            bare.headers().forEach(response::putHeader);
            response.end();
        } else if (reply instanceof Refused refused) {
            byte[] document = document(refused);
            response.setStatusCode(refused.status());
            response.putHeader("Content-Type", "application/json");
            response.putHeader("Content-Length", Integer.toString(document.length));
            if (refused.status() == 503) {
                response.putHeader("Retry-After", "5");
            }
            if (head) {
                response.end();
            } else {
                response.end(Buffer.buffer(document));
            }
        }
    }

    /** The error document of the API; failed downloads have no documented code, so it bears the link's status. */
    private static byte[] document(Refused refused) {
        return ApiJson.write(
                new TreeMap<>(Map.of(
                        "detail", refused.detail(),
                        "error", refused.status(),
                        "errorCode", refused.code(),
                        "parameters", List.of(),
                        "reason", HttpResponseStatus.valueOf(refused.status()).reasonPhrase())),
                false);
    }

    private static String header(HttpServerRequest request, String name) {
        List<String> values = request.headers().getAll(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }
}
