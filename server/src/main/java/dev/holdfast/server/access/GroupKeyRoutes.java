package dev.holdfast.server.access;

import dev.holdfast.contract.id.GroupId;
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

/**
 * The keys with a role in a project. PATCH assigns a key of the organisation to the project or changes its roles there;
 * DELETE takes those roles away, and the key stays. GET of one is ours: the documentation has none, but a self link must
 * lead somewhere.
 */
public final class GroupKeyRoutes implements Routes {
    private static final String KEYS = "/api/public/v1.0/groups/{groupId}/apiKeys";

    private final KeyAdministration keys;

    /** Does no I/O. */
    public GroupKeyRoutes(Keys keys, Tenants tenants) {
        this.keys = new KeyAdministration(keys, tenants);
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", KEYS, Need.ADMIN, this::list);
        table.addListed("POST", KEYS, Need.ADMIN, this::create);
        table.add("GET", KEYS + "/{keyId}", Need.ADMIN, this::one);
        table.addListed("PATCH", KEYS + "/{keyId}", Need.ADMIN, this::change);
        table.addListed("DELETE", KEYS + "/{keyId}", Need.ADMIN, this::unassign);
    }

    private Answer list(Call call) {
        Predicate<Grant> shown = shown(call.group());
        List<ApiKeyJson> found = keys.in(call.group()).stream()
                .map(key -> KeyDocument.of(key, shown, List.of(Link.self(address(call, key)))))
                .toList();
        return Answer.ok(Paging.of(call).slice(call, found));
    }

    private Answer create(Call call) {
        GroupId group = call.group();
        keys.orgOf(group);
        KeyRequest wanted = KeyRequest.whole(call, Role.Scope.GROUP, group.hex());
        KeyAdministration.Made made = keys.create(call.caller(), group, wanted.desc(), wanted.grants(), call.now());
        return Answer.created(KeyDocument.once(made, shown(group), links(call, made.key())), address(call, made.key()));
    }

    private Answer one(Call call) {
        return Answer.ok(alone(call, keys.require(call.group(), call.pathParameter("keyId"))));
    }

    private Answer change(Call call) {
        GroupId group = call.group();
        String id = call.pathParameter("keyId");
        keys.requireAssignable(group, id);
        KeyRequest wanted = KeyRequest.part(call, Role.Scope.GROUP, group.hex());
        return Answer.ok(alone(call, keys.change(call.caller(), group, id, wanted.desc(), wanted.grants())));
    }

    private Answer unassign(Call call) {
        keys.unassign(call.group(), call.pathParameter("keyId"));
        return Answer.empty(204);
    }

    private ApiKeyJson alone(Call call, ApiKey key) {
        return KeyDocument.of(key, shown(call.group()), links(call, key));
    }

    /** Its roles in the project and in the project's organisation. */
    private Predicate<Grant> shown(GroupId group) {
        OrgId org = keys.orgOf(group);
        return grant -> grant.scopeId().equals(group.hex()) || grant.scopeId().equals(org.hex());
    }

    private static List<Link> links(Call call, ApiKey key) {
        return List.of(Link.self(address(call, key)), Link.related("group", call.apiUrl() + "/groups/" + call.group()));
    }

    private static String address(Call call, ApiKey key) {
        return call.apiUrl() + "/groups/" + call.group() + "/apiKeys/" + key.id();
    }
}
