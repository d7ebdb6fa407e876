package dev.holdfast.server.deployment;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.GroupJson;
import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;

/** Projects: the list of those that the caller sees, one by id, one by name. */
public final class GroupRoutes implements Routes {
    private static final String GROUPS = "/api/public/v1.0/groups";

    private final Groups groups;

    /** Does no I/O. */
    public GroupRoutes(Groups groups) {
        this.groups = groups;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", GROUPS, Need.KEY, this::list);
        table.add("GET", GROUPS + "/byName/{name}", Need.KEY, this::byName);
        table.add("GET", GROUPS + "/{groupId}", Need.READ, this::one);
    }

    private Answer list(Call call) {
        List<Group> visible = groups.list().stream()
                .filter(group -> call.caller().sees(group.id()))
                .toList();
        ListJson<Group> page = Paging.of(call).slice(call, visible);
        // only a page's groups are counted
        List<GroupJson> results = page.results().stream()
                .map(group -> GroupDocument.inList(call, group, groups.census(group.id())))
                .toList();
        return Answer.ok(new ListJson<>(page.links(), results, page.totalCount()));
    }

    private Answer one(Call call) {
        return Answer.ok(alone(call, groups.require(call.group())));
    }

    private Answer byName(Call call) {
        String name = call.pathParameter("name");
        // a project of others answers like none, so that names cannot be probed
        Group group = groups.findByName(name)
                .filter(found -> call.caller().sees(found.id()))
                .orElseThrow(() -> new Refusal(ErrorCode.GROUP_NAME_NOT_FOUND, name));
        return Answer.ok(alone(call, group));
    }

    private GroupJson alone(Call call, Group group) {
        return GroupDocument.alone(call, group, groups.census(group.id()));
    }
}
