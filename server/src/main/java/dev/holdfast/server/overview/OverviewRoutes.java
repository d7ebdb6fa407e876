package dev.holdfast.server.overview;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;

/** {@code GET /api/holdfast/v1/overview}. Ours, beside the Public API; docs/overview.md tells the document. */
public final class OverviewRoutes implements Routes {
    private static final String PATH = "/api/holdfast/v1/overview";

    private final Groups groups;
    private final Overview overview;

    /** Does no I/O. */
    public OverviewRoutes(Groups groups, Overview overview) {
        this.groups = groups;
        this.overview = overview;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", PATH, Need.KEY, this::show);
    }

    private Answer show(Call call) {
        GroupId only = only(call);
        List<Link> links = List.of(Link.self(call.baseUrl() + PATH + (only == null ? "" : "?groupId=" + only)));
        return Answer.ok(overview.show(call.caller(), only, links, call.now()));
    }

    /** As for a project in a path: whoever has no role there shall not learn whether it exists. */
    private GroupId only(Call call) {
        String text = call.query("groupId");
        if (text == null) {
            return null;
        }
        GroupId group =
                GroupId.parse(text).orElseThrow(() -> new Refusal(ErrorCode.INVALID_QUERY_PARAMETER, "groupId"));
        if (!call.caller().sees(group)) {
            throw new Refusal(ErrorCode.NOT_IN_GROUP);
        }
        return groups.require(group).id();
    }
}
