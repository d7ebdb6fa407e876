package dev.holdfast.server.ui;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import dev.holdfast.server.http.StreamCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * The web pages below {@code /ui/}, for anybody: what they show they ask of the API, with the key of whoever signs in.
 * {@code /} leads there.
 */
public final class UiRoutes implements Routes {
    private static final String HOME = "/ui/";

    private final Assets assets = new Assets();

    /** Does no I/O. */
    public UiRoutes() {}

    @Override
    public void addTo(RouteTable table) {
        table.addStream("GET", "/", Need.NOTHING, UiRoutes::lead);
        table.addStream("GET", "/ui", Need.NOTHING, (request, call) -> serve(request, call, Assets.INDEX));
        table.addStream("GET", "/ui/{file}", Need.NOTHING, (request, call) -> {
            String file = call.pathParameter("file");
            // an encoded slash is no slash: one file has one address
            serve(request, call, file.contains("/") ? "" : file);
        });
        table.addStream("GET", "/ui/{folder}/{file}", Need.NOTHING, (request, call) -> {
            serve(request, call, call.pathParameter("folder") + "/" + call.pathParameter("file"));
        });
    }

    private static void lead(HttpServerRequest request, StreamCall call) {
        request.resume();
        Guards.put(request.response());
        request.response().setStatusCode(302).putHeader("Location", HOME).end();
    }

    private void serve(HttpServerRequest request, StreamCall call, String name) {
        request.resume(); // a body on GET means nothing, and must not stay in the connection
        call.work(() -> assets.find(name), found -> send(request, call, found));
    }

    private static void send(HttpServerRequest request, StreamCall call, Optional<Asset> found) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        Asset asset = found.orElseThrow(() -> new Refusal(ErrorCode.RESOURCE_NOT_FOUND, call.path()));
        boolean compressed = call.acceptsGzip();
        Guards.put(response);
        // a browser asks each time whether it is still the same, so nobody sees old pages after an upgrade
        response.putHeader("Cache-Control", "no-cache")
                .putHeader("ETag", asset.etag(compressed))
                .putHeader("Vary", "Accept-Encoding");
        if (asset.isKnownTo(call.header("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        byte[] body = compressed ? asset.gzip() : asset.plain();
        response.putHeader("Content-Type", asset.type()).putHeader("Content-Length", Integer.toString(body.length));
        if (compressed) {
            response.putHeader("Content-Encoding", "gzip");
        }
        if (request.method() == HttpMethod.HEAD) {
            response.end();
        } else {
            response.end(Buffer.buffer(body));
        }
    }
}
