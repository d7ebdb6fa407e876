package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.DeliveryJson;
import dev.holdfast.contract.publicapi.HashJson;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.publicapi.RestoreJobJson;
import dev.holdfast.contract.publicapi.TimestampJson;
import dev.holdfast.server.delivery.LinkState.Hash;
import dev.holdfast.server.http.Call;
import java.util.ArrayList;
import java.util.List;

/** A job and what has become of its link as one document. */
final class RestoreJobDocument {
    /** The way of delivery, also of an automated restore: agents download like anybody. */
    static final String METHOD = "HTTP";

    private RestoreJobDocument() {}

    /**
     * A job as an item of a list.
     *
     * @param cluster the cluster in the path, null on the paths of a host
     */
    static RestoreJobJson item(Call call, RestoreJob job, JobOutcome outcome, ClusterId cluster) {
        return of(call, job, outcome, List.of(self(call, job, cluster)));
    }

    /** A job alone, with all its relations. */
    static RestoreJobJson alone(Call call, RestoreJob job, JobOutcome outcome, ClusterId cluster) {
        String owner = owner(call, job, cluster);
        List<Link> links = new ArrayList<>();
        links.add(self(call, job, cluster));
        // the documentation calls the config server "cluster", although it is a host
        links.add(Link.related("cluster", owner));
        if (!job.pointInTime()) {
            links.add(Link.related("snapshot", owner + "/snapshots/" + job.snapshotId()));
        }
        links.add(Link.related("group", group(call, job)));
        if (job.hostId() != null) {
            links.add(Link.related("host", owner));
        }
        return of(call, job, outcome, links);
    }

    private static Link self(Call call, RestoreJob job, ClusterId cluster) {
        return Link.self(owner(call, job, cluster) + "/restoreJobs/" + job.id());
    }

    /** A config server's job has its home on the host's path, wherever it is shown. */
    private static String owner(Call call, RestoreJob job, ClusterId cluster) {
        return job.hostId() == null
                ? group(call, job) + "/clusters/" + cluster
                : group(call, job) + "/hosts/" + job.hostId();
    }

    private static String group(Call call, RestoreJob job) {
        return call.apiUrl() + "/groups/" + job.groupId();
    }

    private static RestoreJobJson of(Call call, RestoreJob job, JobOutcome outcome, List<Link> links) {
        DeliveryTerms terms = job.terms();
        Hash hash = outcome.link().hash();
        return new RestoreJobJson(
                job.batchId() == null ? null : job.batchId().hex(),
                job.checkpointId() == null ? null : job.checkpointId().hex(),
                job.clusterId() == null ? null : job.clusterId().hex(),
                ApiJson.date(job.created()),
                new DeliveryJson(
                        terms.expirationHours(),
                        ApiJson.date(terms.expires()),
                        terms.maxDownloads(),
                        METHOD,
                        outcome.delivery(),
                        job.target() == null ? null : job.target().clusterId().hex(),
                        job.target() == null ? null : job.target().groupId().hex(),
                        call.baseUrl() + outcome.link().path()),
                job.encryptionEnabled(),
                job.groupId().hex(),
                hash == null ? null : List.of(HashJson.sha1(hash.fileName(), hash.sha1())),
                job.hostId() == null ? null : job.hostId().hex(),
                job.id().hex(),
                links,
                job.encryptionEnabled() ? job.masterKeyUUID() : null,
                job.pointInTime(),
                null,
                job.pointInTime() ? null : job.snapshotId().hex(),
                outcome.state().name(),
                TimestampJson.of(job.timestampSeconds(), job.timestampIncrement()),
                null);
    }
}
