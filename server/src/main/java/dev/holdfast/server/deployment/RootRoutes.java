package dev.holdfast.server.deployment;

import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.publicapi.RootJson;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;

/**
 * The API's entry page. Ops Manager's has a link {@code user} too, to the account behind a personal key; keys belong to
 * nobody here, and a link that leads nowhere is worse than none.
 */
public final class RootRoutes implements Routes {
    private static final String APP_NAME = "Holdfast";

    private final String build;

    /** {@code build} is the hash of the commit that this was built from. */
    public RootRoutes(String build) {
        this.build = build;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/api/public/v1.0", Need.KEY, this::root);
    }

    private Answer root(Call call) {
        return Answer.ok(new RootJson(
                APP_NAME,
                build,
                List.of(Link.self(call.apiUrl()), Link.related("groups", call.apiUrl() + "/groups")),
                false));
    }
}
