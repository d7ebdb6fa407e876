package dev.holdfast.server.reference;

import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteEntry;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;
import java.util.function.Supplier;

/** The API's description, for whoever asks: it tells nothing that its documentation does not. */
public final class OpenApiRoutes implements Routes {
    private final Supplier<List<RouteEntry>> routes;
    private final OpenApi openApi;

    /**
     * Does no I/O.
     *
     * @param routes every route, asked for when the description is
     * @param version of what answers
     */
    public OpenApiRoutes(Supplier<List<RouteEntry>> routes, String version) {
        this.routes = routes;
        this.openApi = new OpenApi(new Catalogue(), version);
    }

    @Override
    public void addTo(RouteTable table) {
        table.add(
                "GET",
                "/openapi.json",
                Need.NOTHING,
                call -> Answer.ok(openApi.document(routes.get(), call.baseUrl())));
    }
}
