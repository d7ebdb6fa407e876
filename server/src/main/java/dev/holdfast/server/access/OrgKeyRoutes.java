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
import java.util.function.Predicate;

/** The keys of an organisation. Their roles in its projects are shown, and changed under the projects. */
public final class OrgKeyRoutes implements Routes {
    private static final String KEYS = "/api/public/v1.0/orgs/{orgId}/apiKeys";

    private final KeyAdministration keys;

    /** Does no I/O. */
    public OrgKeyRoutes(Keys keys, Tenants tenants) {
        this.keys = new KeyAdministration(keys, tenants);
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", KEYS, Need.ORG_READ, this::list);
        table.addListed("POST", KEYS, Need.ORG_ADMIN, this::create);
        table.add("GET", KEYS + "/{keyId}", Need.ORG_READ, this::one);
        table.addListed("PATCH", KEYS + "/{keyId}", Need.ORG_ADMIN, this::change);
        table.addListed("DELETE", KEYS + "/{keyId}", Need.ORG_ADMIN, this::delete);
    }

    private Answer list(Call call) {
        List<ApiKeyJson> found = keys.ofOrg(call.org()).stream()
                .map(key -> KeyDocument.of(key, shown(call.org()), List.of(Link.self(address(call, key)))))
                .toList();
        return Answer.ok(Paging.of(call).slice(call, found));
    }

    private Answer create(Call call) {
        OrgId org = call.org();
        KeyRequest wanted = KeyRequest.whole(call, Role.Scope.ORG, org.hex());
        KeyAdministration.Made made = keys.create(call.caller(), org, wanted.desc(), wanted.grants(), call.now());
        return Answer.created(KeyDocument.once(made, shown(org), links(call, made.key())), address(call, made.key()));
    }

    private Answer one(Call call) {
        return Answer.ok(alone(call, keys.require(call.org(), call.pathParameter("keyId"))));
    }

    private Answer change(Call call) {
        OrgId org = call.org();
        String id = call.pathParameter("keyId");
        keys.require(org, id);
        KeyRequest wanted = KeyRequest.part(call, Role.Scope.ORG, org.hex());
        return Answer.ok(alone(call, keys.change(call.caller(), org, id, wanted.desc(), wanted.grants())));
    }

    private Answer delete(Call call) {
        keys.delete(call.org(), call.pathParameter("keyId"));
        return Answer.empty(204);
    }

    private static ApiKeyJson alone(Call call, ApiKey key) {
        return KeyDocument.of(key, shown(call.org()), links(call, key));
    }

    /** Its roles in the organisation and in projects; a key of the organisation has those in no other's. */
    private static Predicate<Grant> shown(OrgId org) {
        return grant -> grant.group().isPresent() || grant.scopeId().equals(org.hex());
    }

    private static List<Link> links(Call call, ApiKey key) {
        String self = address(call, key);
        return List.of(Link.self(self), Link.related("accessList", self + "/accessList"));
    }

    private static String address(Call call, ApiKey key) {
        return call.apiUrl() + "/orgs/" + call.org() + "/apiKeys/" + key.id();
    }
}
