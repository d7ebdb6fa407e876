package dev.holdfast.server.reference;

import static dev.holdfast.server.reference.Attribute.of;
import static dev.holdfast.server.reference.Attribute.required;

import dev.holdfast.contract.publicapi.RestoreJobJson;
import dev.holdfast.contract.publicapi.TimeRangeJson;
import dev.holdfast.server.reference.Operation.Shape;

/** Snapshots, restore jobs and what belongs to them. */
final class BackupOperations {
    private static final String CLUSTER = "/groups/{groupId}/clusters/{clusterId}";
    private static final String HOST = "/groups/{groupId}/hosts/{hostId}";

    private BackupOperations() {}

    static void addTo(Catalogue all) {
        snapshots(all);
        jobs(all);
        all.addAt(
                "GET",
                "/backup/restore/v2/pull/{jobId}/{token}/{file}",
                it -> it.saying("The archive of a restore job. The address is the permission; ranges work."));
    }

    private static void snapshots(Catalogue all) {
        String completed = "true (the default): only complete ones; false: only others; all: both";
        all.add(
                "GET",
                CLUSTER + "/snapshots",
                it -> it.saying("The snapshots of a cluster, newest first.").asking("completed", completed));
        all.add("GET", CLUSTER + "/snapshots/{snapshotId}", it -> it.saying("One snapshot of a cluster."));
        all.add(
                "PATCH",
                CLUSTER + "/snapshots/{snapshotId}",
                it -> it.saying("Keeps a snapshot longer or shorter.")
                        .taking(
                                of("doNotDelete", "boolean", "whether it stays until told otherwise; excludes expires"),
                                of("expires", "string", "ISO 8601, when it goes")));
        all.add("DELETE", CLUSTER + "/snapshots/{snapshotId}", it -> it.saying("Deletes a snapshot."));
        all.add(
                "GET",
                HOST + "/snapshots",
                it -> it.saying("The snapshots that were read from a mirrored config server, newest first.")
                        .asking("completed", completed));
        all.add(
                "GET",
                HOST + "/snapshots/{snapshotId}",
                it -> it.saying("One snapshot as a mirrored config server shows it."));
    }

    private static void jobs(Catalogue all) {
        all.add(
                "GET",
                CLUSTER + "/restoreJobs",
                it -> it.saying("The restore jobs of a cluster, newest first.")
                        .asking("batchId", "only the jobs of this batch; batchid is taken too"));
        all.add("GET", CLUSTER + "/restoreJobs/{jobId}", it -> it.saying("One restore job of a cluster."));
        all.add(
                "POST",
                CLUSTER + "/restoreJobs",
                it -> request(
                        it.saying("Asks for a restore: one job for each part, all in one batch for a sharded cluster.")
                                .answering(200, Shape.LIST, RestoreJobJson.class)));
        all.add(
                "POST",
                CLUSTER + "/restoreJobs/restorableTimeRanges",
                it -> it.saying("The times that a cluster can be restored to, by their start.")
                        .answering(200, Shape.ARRAY, TimeRangeJson.class));
        all.add(
                "GET",
                HOST + "/restoreJobs",
                it -> it.saying("The restore jobs of a mirrored config server, newest first."));
        all.add("GET", HOST + "/restoreJobs/{jobId}", it -> it.saying("One restore job of a mirrored config server."));
        all.add(
                "POST",
                HOST + "/restoreJobs",
                it -> request(it.saying("Asks for a restore of a mirrored config server.")
                        .answering(200, Shape.ENTITY, RestoreJobJson.class)));
    }

    private static Operation request(Operation it) {
        return it.taking(
                required("snapshotId", "string", "what to restore"),
                of("checkpointId", "string", "a checkpoint to restore to; excludes the other points in time"),
                of("oplogTs", "integer", "seconds of an oplog entry to restore to; needs oplogInc"),
                of("oplogInc", "integer", "its ordinal in that second"),
                of("pointInTimeUTCMillis", "integer", "a time to restore to"),
                of("delivery.methodName", "string", "HTTP, or AUTOMATED_RESTORE to have an agent do it"),
                of("delivery.targetGroupId", "string", "the project of the target of an automated restore"),
                of("delivery.targetClusterId", "string", "the target of an automated restore"),
                of("delivery.maxDownloads", "integer", "how often the link may be used; 1 unless said"),
                of("delivery.expirationHours", "integer", "how long it may be used; 1 unless said"),
                of("delivery.expires", "string", "ISO 8601, until when it may be used; excludes expirationHours"));
    }
}
