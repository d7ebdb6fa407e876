package dev.holdfast.server.access;

import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ApiKeyJson;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;

/** The keys of the whole installation, which belong to no organisation; all their roles are shown. */
public final class AdminKeyRoutes implements Routes {
    private static final String KEYS = "/api/public/v1.0/admin/apiKeys";
    private static final OrgId NONE = null;

    private final KeyAdministration keys;

    /** Does no I/O. */
    public AdminKeyRoutes(Keys keys, Tenants tenants) {
        this.keys = new KeyAdministration(keys, tenants);
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", KEYS, Need.GLOBAL_ADMIN, this::list);
        table.addListed("POST", KEYS, Need.GLOBAL_ADMIN, this::create);
        table.add("GET", KEYS + "/{keyId}", Need.GLOBAL_ADMIN, this::one);
        table.addListed("PATCH", KEYS + "/{keyId}", Need.GLOBAL_ADMIN, this::change);
        table.addListed("DELETE", KEYS + "/{keyId}", Need.GLOBAL_ADMIN, this::delete);
    }

    private Answer list(Call call) {
        List<ApiKeyJson> found =
                keys.ofInstallation().stream().map(key -> document(call, key)).toList();
        return Answer.ok(Paging.of(call).slice(call, found));
    }

    private Answer create(Call call) {
        KeyRequest wanted = KeyRequest.whole(call, Role.Scope.GLOBAL, "");
        KeyAdministration.Made made = keys.create(call.caller(), NONE, wanted.desc(), wanted.grants(), call.now());
        String address = address(call, made.key());
        return Answer.created(KeyDocument.once(made, grant -> true, List.of(Link.self(address))), address);
    }

    private Answer one(Call call) {
        return Answer.ok(document(call, keys.require(NONE, call.pathParameter("keyId"))));
    }

    private Answer change(Call call) {
        String id = call.pathParameter("keyId");
        keys.require(NONE, id);
        KeyRequest wanted = KeyRequest.part(call, Role.Scope.GLOBAL, "");
        return Answer.ok(document(call, keys.change(call.caller(), NONE, id, wanted.desc(), wanted.grants())));
    }

    private Answer delete(Call call) {
        keys.delete(NONE, call.pathParameter("keyId"));
        return Answer.empty(204);
    }

    private static ApiKeyJson document(Call call, ApiKey key) {
        return KeyDocument.of(key, grant -> true, List.of(Link.self(address(call, key))));
    }

    static String address(Call call, ApiKey key) {
        return call.apiUrl() + "/admin/apiKeys/" + key.id();
    }
}
