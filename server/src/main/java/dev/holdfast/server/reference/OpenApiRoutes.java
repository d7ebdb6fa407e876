package dev.holdfast.server.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteEntry;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;
import java.util.function.Supplier;

/** The API's description, for whoever asks: it tells nothing that its documentation does not. */
public final class OpenApiRoutes implements Routes {
    private final Supplier<List<RouteEntry>> routes;
    private final String version;
    // made once, for it is made for anybody who asks; two that ask first at once make the same
    private volatile ObjectNode made;

    /**
     * Does no I/O.
     *
     * @param routes every route, asked for when the description is
     * @param version of what answers
     */
    public OpenApiRoutes(Supplier<List<RouteEntry>> routes, String version) {
        this.routes = routes;
        this.version = version;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/openapi.json", Need.NOTHING, this::document);
    }

    private Answer document(Call call) {
        if (made == null) {
            made = new OpenApi(new Catalogue(), version).document(routes.get(), "");
        }
        ObjectNode document = ApiJson.mapper().createObjectNode().setAll(made);
        document.putArray("servers").addObject().put("url", call.baseUrl());
        return Answer.ok(document);
    }
}
