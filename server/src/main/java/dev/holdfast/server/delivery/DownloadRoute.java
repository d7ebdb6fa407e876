package dev.holdfast.server.delivery;

import dev.holdfast.server.delivery.DownloadDesk.Ask;
import dev.holdfast.server.delivery.Places.Place;
import dev.holdfast.server.delivery.Reply.Bare;
import dev.holdfast.server.delivery.Reply.Download;
import dev.holdfast.server.delivery.Reply.Refused;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import dev.holdfast.server.http.StatusRefusal;
import dev.holdfast.server.http.StreamCall;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** {@code GET} and {@code HEAD /backup/restore/v2/pull/{jobId}/{token}/{file}}. The link itself is the credential. */
final class DownloadRoute implements Routes {
    /** What every link's path begins with. */
    static final String PREFIX = "/backup/restore/v2/pull/";

    private static final StatusRefusal BUSY = new StatusRefusal(
            503,
            "Too many downloads are running, in all, of this link or from this address. Try again in a few seconds.",
            Map.of("Retry-After", "5"));

    private final DownloadDesk desk;
    private final Deliveries shop;
    private final Consumer<LinkRow> begun;
    private final Places places;

    /**
     * A route.
     *
     * @param begun is told of each link whose bytes are about to be sent
     */
    DownloadRoute(DownloadDesk desk, Deliveries shop, Consumer<LinkRow> begun) {
        this.desk = desk;
        this.shop = shop;
        this.begun = begun;
        DeliverySettings settings = shop.settings();
        this.places = new Places(settings.maxStreams(), settings.maxPerClient(), settings.maxPerLink());
    }

    @Override
    public void addTo(RouteTable table) {
        table.addStream("GET", PREFIX + "{jobId}/{token}/{file}", Need.NOTHING, this::handle);
    }

    private void handle(HttpServerRequest request, StreamCall call) {
        boolean head = request.method() == HttpMethod.HEAD;
        // with the token, so that whoever has not got it cannot take the link's places
        String link = call.pathParameter("jobId") + "/" + call.pathParameter("token");
        Place place = head ? null : places.take(call.address(), link);
        if (!head && place == null) {
            call.fail(BUSY);
            return;
        }
        Context context = Vertx.currentContext();
        Ask ask = new Ask(
                call.pathParameter("jobId"),
                call.pathParameter("token"),
                call.pathParameter("file"),
                head,
                call.address(),
                name -> header(request, name));
        try {
            shop.clerks().execute(() -> decide(ask, place, call, context, request));
        } catch (RejectedExecutionException e) {
            leave(place);
            call.fail(BUSY); // shutting down
        }
        request.resume(); // a body on GET means nothing, and must not stay in the connection
    }

    // on a clerk
    private void decide(Ask ask, Place place, StreamCall call, Context context, HttpServerRequest request) {
        Reply reply;
        try {
            reply = desk.answer(ask, shop.clock().instant());
        } catch (RuntimeException | Error e) {
            leave(place);
            call.fail(e);
            return;
        }
        if (reply instanceof Download download) {
            begun.accept(download.link());
            context.runOnContext(v -> new ArchivePump(context, request, download, shop, place::leave).start());
            return;
        }
        leave(place);
        if (reply instanceof Refused refused) {
            call.fail(refused.trouble());
        } else if (reply instanceof Bare bare) {
            context.runOnContext(v -> write(request.response(), bare));
        }
    }

    /** Answers that are being sent. */
    int active() {
        return places.taken();
    }

    private static void leave(Place place) {
        if (place != null) {
            place.leave();
        }
    }

    private static void write(HttpServerResponse response, Bare bare) {
        if (!response.closed()) {
            response.setStatusCode(bare.status());
            bare.headers().forEach(response::putHeader);
            response.end();
        }
    }

    private static String header(HttpServerRequest request, String name) {
        List<String> values = request.headers().getAll(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }
}
