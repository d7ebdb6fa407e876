package dev.holdfast.server.deployment;

import dev.holdfast.contract.publicapi.ApiKeyJson;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.publicapi.RootJson;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;
import java.util.function.Function;

/**
 * The API's entry page. Ops Manager's has a link {@code user} too, to the account behind a personal key; keys belong to
 * nobody here, and a link that leads nowhere is worse than none.
 */
public final class RootRoutes implements Routes {
    private static final String APP_NAME = "Holdfast";

    private final String build;
    private final Function<Call, ApiKeyJson> callersKey;

    /**
     * Does no I/O.
     *
     * @param build the hash of the commit that this was built from
     * @param callersKey the key that a call is signed with, as it may be shown; null where there are no keys
     */
    public RootRoutes(String build, Function<Call, ApiKeyJson> callersKey) {
        this.build = build;
        this.callersKey = callersKey;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/api/public/v1.0", Need.KEY, this::root);
    }

    private Answer root(Call call) {
        return Answer.ok(new RootJson(
                callersKey.apply(call),
                APP_NAME,
                build,
                List.of(Link.self(call.apiUrl()), Link.related("groups", call.apiUrl() + "/groups")),
                false));
    }
}
