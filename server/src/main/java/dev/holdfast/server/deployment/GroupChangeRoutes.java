package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.Map;

/** Making, renaming and deleting projects. */
public final class GroupChangeRoutes implements Routes {
    private static final String GROUPS = "/api/public/v1.0/groups";
    private static final String[] READ_ONLY = {
        "id",
        "activeAgentCount",
        "agentApiKey",
        "hostCounts",
        "lastActiveAgent",
        "links",
        "publicApiEnabled",
        "replicaSetCount",
        "shardCount"
    };

    private final Groups groups;

    /** Does no I/O. */
    public GroupChangeRoutes(Groups groups) {
        this.groups = groups;
    }

    @Override
    public void addTo(RouteTable table) {
        // whether the caller may depends on the organisation, which is in the body
        table.addListed("POST", GROUPS, Need.KEY, this::create);
        table.addListed("PATCH", GROUPS + "/{groupId}", Need.ADMIN, this::rename);
        table.addListed("DELETE", GROUPS + "/{groupId}", Need.ADMIN, this::delete);
    }

    private Answer create(Call call) {
        JsonFields fields = JsonFields.of(call).readOnly(READ_ONLY);
        String orgText = fields.text("orgId");
        String wanted = fields.text("name");
        fields.refuseUnknown();
        OrgId org = orgText == null
                ? null
                : OrgId.parse(orgText).orElseThrow(() -> new Refusal(ErrorCode.ORG_NOT_FOUND, orgText));
        requireFounder(call.caller(), org);
        Group group = groups.found(Names.check("name", wanted), org, call.caller());
        return Answer.created(
                GroupDocument.alone(call, group, groups.census(group.id())), Addresses.of(call, group.id()));
    }

    private static void requireFounder(Caller caller, OrgId org) {
        if (caller.owns(org)) {
            return;
        }
        if (org == null) {
            throw new Refusal(ErrorCode.API_KEY_CANNOT_CREATE_ORG);
        }
        // as on its own page: whoever is no member shall not learn whether it exists
        throw new Refusal(caller.sees(org) ? ErrorCode.API_KEY_CANNOT_CREATE_GROUP : ErrorCode.USER_CANNOT_ACCESS_ORG);
    }

    private Answer rename(Call call) {
        Group group = groups.require(call.group());
        JsonFields fields = JsonFields.of(call).readOnly(READ_ONLY).readOnly("orgId");
        String wanted = fields.text("name");
        fields.refuseUnknown();
        Group renamed = groups.rename(group.id(), Names.check("name", wanted));
        return Answer.ok(GroupDocument.alone(call, renamed, groups.census(renamed.id())));
    }

    private Answer delete(Call call) {
        groups.delete(call.group());
        return Answer.ok(Map.of());
    }
}
