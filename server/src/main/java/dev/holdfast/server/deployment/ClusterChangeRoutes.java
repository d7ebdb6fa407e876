package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;

/**
 * Renaming a sharded cluster; its members bear the new name with it. A replica set is called what its members call it,
 * so its name cannot be changed here. Source: "Clusters" (MMS 2014), "Update a Cluster".
 */
public final class ClusterChangeRoutes implements Routes {
    private static final String[] READ_ONLY = {
        "groupId", "id", "lastHeartbeat", "links", "replicaSetName", "shardName", "typeName"
    };

    private final Groups groups;
    private final Clusters clusters;

    /** Does no I/O. */
    public ClusterChangeRoutes(Groups groups, Clusters clusters) {
        this.groups = groups;
        this.clusters = clusters;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("PATCH", "/api/public/v1.0/groups/{groupId}/clusters/{clusterId}", Need.MONITOR, this::rename);
    }

    private Answer rename(Call call) {
        GroupId group = groups.require(call.group()).id();
        Cluster cluster = clusters.require(group, call.pathParameter("clusterId"));
        JsonFields fields = JsonFields.of(call).readOnly(READ_ONLY);
        String wanted = fields.text("clusterName");
        fields.refuseUnknown();
        Names.check("clusterName", wanted);
        if (!cluster.type().isSharded()) {
            throw new Refusal(ErrorCode.NOT_SHARDED);
        }
        return Answer.ok(ClusterDocument.alone(call, clusters.rename(group, cluster.id(), wanted)));
    }
}
