package dev.holdfast.server.deployment;

import dev.holdfast.contract.publicapi.GroupJson;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.contract.publicapi.OrgJson;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Organisations: the list of those that the caller is a member of, one, and its projects. */
public final class OrgRoutes implements Routes {
    private static final String ORGS = "/api/public/v1.0/orgs";

    private final Orgs orgs;
    private final Groups groups;

    /** Does no I/O. */
    public OrgRoutes(Orgs orgs, Groups groups) {
        this.orgs = orgs;
        this.groups = groups;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", ORGS, Need.KEY, this::list);
        table.add("GET", ORGS + "/{orgId}", Need.ORG_READ, this::one);
        table.add("GET", ORGS + "/{orgId}/groups", Need.ORG_READ, this::groups);
    }

    private Answer list(Call call) {
        // as documented: names that begin with it, in any case
        String name = call.query("name");
        String prefix = name == null ? "" : name.toLowerCase(Locale.ROOT);
        List<OrgJson> visible = orgs.list().stream()
                .filter(org -> call.caller().sees(org.id()))
                .filter(org -> org.name().toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(org -> document(call, org, false))
                .toList();
        return Answer.ok(Paging.of(call).slice(call, visible));
    }

    private Answer one(Call call) {
        return Answer.ok(document(call, orgs.require(call.org()), true));
    }

    /** A member of an organisation sees those of its projects in which it has a role, as in the list of all projects. */
    private Answer groups(Call call) {
        Org org = orgs.require(call.org());
        List<Group> visible = groups.list().stream()
                .filter(group -> group.orgId().equals(org.id()))
                .filter(group -> call.caller().sees(group.id()))
                .toList();
        ListJson<Group> page = Paging.of(call).slice(call, visible);
        List<GroupJson> results = page.results().stream()
                .map(group -> GroupDocument.inList(call, group, groups.census(group.id())))
                .toList();
        return Answer.ok(new ListJson<>(page.links(), results, page.totalCount()));
    }

    private static OrgJson document(Call call, Org org, boolean alone) {
        String address = call.apiUrl() + "/orgs/" + org.id();
        List<Link> links = new ArrayList<>(List.of(Link.self(address)));
        if (alone) {
            links.add(Link.related("groups", address + "/groups"));
            links.add(Link.related("apiKeys", address + "/apiKeys"));
        }
        return new OrgJson(org.id().hex(), false, links, org.name());
    }
}
