package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.DeliveryJson;
import dev.holdfast.contract.publicapi.HashJson;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.publicapi.RestoreJobJson;
import dev.holdfast.contract.publicapi.TimestampJson;
import dev.holdfast.server.delivery.LinkState;
import dev.holdfast.server.http.Call;
import java.util.List;

/** A job and what has become of its link as one document. */
final class RestoreJobDocument {
    /** The only way of delivery. */
    static final String METHOD = "HTTP";

    private RestoreJobDocument() {}

    /**
     * A job as an item of a list.
     *
     * @param cluster the cluster in the path, null on the paths of a host
     */
    static RestoreJobJson item(Call call, RestoreJob job, LinkState link, ClusterId cluster) {
        return of(call, job, link, List.of(self(call, job, cluster)));
    }

    /** A job alone, with all its relations. */
    static RestoreJobJson alone(Call call, RestoreJob job, LinkState link, ClusterId cluster) {
        String owner = owner(call, job, cluster);
        Link snapshot = Link.related("snapshot", owner + "/snapshots/" + job.snapshotId());
        Link group = Link.related("group", group(call, job));
        // the documentation calls the config server "cluster", although it is a host
        Link related = Link.related("cluster", owner);
        return of(
                call,
                job,
                link,
                job.hostId() == null
                        ? List.of(self(call, job, cluster), related, snapshot, group)
                        : List.of(self(call, job, cluster), related, snapshot, group, Link.related("host", owner)));
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

    private static RestoreJobJson of(Call call, RestoreJob job, LinkState link, List<Link> links) {
        DeliveryTerms terms = job.terms();
        return new RestoreJobJson(
                job.batchId() == null ? null : job.batchId().hex(),
                job.clusterId() == null ? null : job.clusterId().hex(),
                ApiJson.date(job.created()),
                new DeliveryJson(
                        terms.expirationHours(),
                        ApiJson.date(terms.expires()),
                        terms.maxDownloads(),
                        METHOD,
                        link.status().name(),
                        call.baseUrl() + link.path()),
                job.encryptionEnabled(),
                job.groupId().hex(),
                link.hash() == null
                        ? null
                        : List.of(HashJson.sha1(
                                link.hash().fileName(), link.hash().sha1())),
                job.hostId() == null ? null : job.hostId().hex(),
                job.id().hex(),
                links,
                job.encryptionEnabled() ? job.masterKeyUUID() : null,
                false,
                null,
                job.snapshotId().hex(),
                job.state().seenWith(link.status()).name(),
                TimestampJson.of(job.timestampSeconds(), job.timestampIncrement()),
                null);
    }
}
