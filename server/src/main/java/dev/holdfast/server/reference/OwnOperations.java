package dev.holdfast.server.reference;

import static dev.holdfast.server.reference.Attribute.of;
import static dev.holdfast.server.reference.Attribute.required;

import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.publicapi.JobReportJson;
import dev.holdfast.server.reference.Operation.Shape;

/** What Ops Manager never had, or has outside its public API. */
final class OwnOperations {
    private OwnOperations() {}

    static void addTo(Catalogue all) {
        for (String path : new String[] {"/healthz", "/monitor/health"}) {
            all.addAt("GET", path, it -> it.saying("Whether the server works; 503 when it does not."));
        }
        all.addAt(
                "GET",
                "/api/private/unauth/version",
                it -> it.saying("Which version answers: see the header X-MongoDB-Service-Version.")
                        .answering(200, Shape.EMPTY, null));
        all.addAt("GET", "/openapi.json", it -> it.saying("This document."));
        all.addAt(
                "GET",
                "/metrics",
                it -> it.saying("Figures for a monitoring system.").answering(200, Shape.BYTES, null));
        String job = "/api/holdfast/v1/groups/{groupId}/restoreJobs/{jobId}";
        all.addAt(
                "GET",
                job,
                it -> it.saying("A restore job with what went wrong and how far it is.")
                        .answering(200, Shape.ENTITY, JobReportJson.class));
        agents(all);
    }

    private static void agents(Catalogue all) {
        String snapshots = AgentApi.BASE + "/groups/{groupId}/snapshots";
        String part = AgentApi.BASE + "/groups/{groupId}/parts/{partId}";
        all.addAt(
                "POST",
                snapshots,
                it -> it.saying("An agent begins a snapshot.")
                        .answering(201, Shape.ENTITY, AgentApi.SnapshotBegun.class)
                        .taking(
                                of("clusterId", "string", "what is captured, or"),
                                of("hostId", "string", "the mirrored config server that is captured alone"),
                                of("expiresInHours", "integer", "how long it lives")));
        all.addAt(
                "POST",
                snapshots + "/{snapshotId}/parts",
                it -> it.saying("An agent begins a part of a snapshot.")
                        .answering(201, Shape.ENTITY, AgentApi.PartBegun.class)
                        .taking(
                                of("clusterId", "string", "what the data is of, or"),
                                of("hostId", "string", "the mirrored config server that it is of"),
                                required("timestampSeconds", "integer", "time of the newest oplog entry"),
                                of("timestampIncrement", "integer", "ordinal in that second"),
                                of("storageEngine", "string", "for example wiredTiger"),
                                of("mongodOptions", "string", "for restoreInfo.txt"),
                                of("encryptionEnabled", "boolean", "whether mongod encrypted the files"),
                                of("masterKeyUUID", "string", "of the key that it did so with")));
        all.addAt(
                "POST",
                snapshots + "/{snapshotId}/commit",
                it -> it.saying("An agent ends a snapshot.")
                        .answering(200, Shape.ENTITY, AgentApi.SnapshotCommitted.class));
        all.addAt("DELETE", part, it -> it.saying("An agent gives a part up."));
        all.addAt("POST", part + "/offer", it -> it.saying("An agent asks which blocks are missing."));
        all.addAt("POST", part + "/segments", it -> it.saying("An agent sends blocks."));
        all.addAt("POST", part + "/commit", it -> it.saying("An agent sends the list of files, and ends a part."));
    }
}
