package dev.holdfast.server.schedule;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.http.JsonFields;

/** The ids that clients send back in a body: they must be those of the URL. */
final class BodyIds {
    private BodyIds() {}

    /** Refuses another project's (GROUP_MISMATCH) or cluster's (INVALID_ATTRIBUTE). */
    static void check(JsonFields body, Cluster cluster) {
        for (String name : new String[] {"groupId", "projectId"}) {
            String group = body.text(name);
            if (group != null && !group.equals(cluster.groupId().hex())) {
                throw new Refusal(ErrorCode.GROUP_MISMATCH, group);
            }
        }
        String id = body.text("clusterId");
        if (id != null && !id.equals(cluster.id().hex())) {
            throw body.refusal(ErrorCode.INVALID_ATTRIBUTE, "clusterId");
        }
    }
}
