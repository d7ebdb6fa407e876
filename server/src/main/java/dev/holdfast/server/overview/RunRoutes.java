package dev.holdfast.server.overview;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;

/** What the agents of a project were asked for, for people. */
public final class RunRoutes implements Routes {
    private final Groups groups;
    private final Runs runs;

    /** Does no I/O. */
    public RunRoutes(Groups groups, Runs runs) {
        this.groups = groups;
        this.runs = runs;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/api/holdfast/v1/groups/{groupId}/runs", Need.READ, this::list);
    }

    private Answer list(Call call) {
        GroupId group = groups.require(call.group()).id();
        Paging paging = Paging.of(call);
        Runs.Page page = runs.page(group, paging);
        return Answer.ok(paging.page(call, page.runs(), page.total()));
    }
}
