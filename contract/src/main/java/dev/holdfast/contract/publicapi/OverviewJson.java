package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * What is protected and what is not, as far as the caller may see. Ours, beside the Public API.
 *
 * @param alerts worst first
 * @param generated ISO 8601
 * @param groups by name
 * @param store figures of what is shown
 * @param summary how many deployments are in which state
 */
public record OverviewJson(
        List<AlertJson> alerts,
        String generated,
        List<GroupViewJson> groups,
        List<Link> links,
        StoreJson store,
        SummaryJson summary) {

    /**
     * Something that wants to be looked at.
     *
     * @param action what to do about it
     * @param clusterId what it is about, absent when it is about no cluster
     * @param groupId its project, absent when it is about the installation
     * @param hostId what it is about, absent when it is about no host
     * @param kindName {@code LATE}, {@code NEVER_CAPTURED}, {@code CAPTURE_FAILED}, {@code DAMAGE}, {@code DRILL_FAILED},
     *     {@code AGENT_SILENT}, {@code STORE_NEARLY_FULL}, {@code SCRUB_OVERDUE} or {@code KEYS_AWAY}
     * @param message what is the matter, in plain words
     * @param severityName {@code ERROR} or {@code WARNING}
     */
    public record AlertJson(
            String action,
            String clusterId,
            String groupId,
            String hostId,
            String kindName,
            String message,
            String severityName) {}

    /**
     * A project with its deployments: replica sets before sharded clusters, hosts of no cluster last.
     *
     * @param orgId its organisation
     */
    public record GroupViewJson(List<DeploymentJson> deployments, String id, String name, String orgId) {}

    /**
     * A replica set, a whole sharded cluster, or a host that belongs to no cluster.
     *
     * @param lastFailed the last run that failed, absent when a complete snapshot is newer
     * @param lastSnapshot the last complete one, absent before the first
     * @param members the replica sets of a sharded cluster
     * @param mirrors the mirrored config servers of a sharded cluster, in the order of {@code --configdb}
     * @param running the run that is being made, absent when there is none
     * @param schedule absent for a host
     * @param stateName {@code OK}, {@code LATE}, {@code NEVER} or {@code UNSCHEDULED}
     * @param typeName as of the cluster or host
     */
    public record DeploymentJson(
            String id,
            FailedJson lastFailed,
            LastSnapshotJson lastSnapshot,
            List<MemberJson> members,
            List<MirrorJson> mirrors,
            String name,
            RunningJson running,
            PlanJson schedule,
            String stateName,
            String typeName) {}

    /**
     * A snapshot that is kept.
     *
     * @param ageSeconds since it was begun
     * @param archiveBytes bytes of its archives
     * @param created ISO 8601
     * @param id of the snapshot
     * @param logicalBytes bytes of its files
     * @param newBytes stored bytes that no earlier snapshot had
     * @param storedBytes stored bytes that it needs
     */
    public record LastSnapshotJson(
            long ageSeconds,
            long archiveBytes,
            String created,
            String id,
            long logicalBytes,
            long newBytes,
            long storedBytes) {}

    /**
     * When snapshots are due.
     *
     * @param intervalHours between two of them
     * @param lateBySeconds how much older than the interval the last complete snapshot is; 0 when it is not, or there is none
     * @param nextDue ISO 8601; absent unless the backup is started
     * @param statusName of the backup: {@code INACTIVE}, {@code PROVISIONING}, {@code STARTED}, {@code STOPPED} or
     *     {@code TERMINATING}
     */
    public record PlanJson(int intervalHours, long lateBySeconds, String nextDue, String statusName) {}

    /**
     * A snapshot that is being made.
     *
     * @param begun ISO 8601
     * @param id of the run
     */
    public record RunningJson(String begun, String id, String snapshotId) {}

    /**
     * A snapshot that could not be made.
     *
     * @param ended ISO 8601
     * @param id of the run
     * @param reason why
     */
    public record FailedJson(String ended, String id, String reason, String snapshotId) {}

    /**
     * A replica set of a sharded cluster.
     *
     * @param name of the shard; of the set when it is none
     */
    public record MemberJson(String id, String name, String replicaSetName, String typeName) {}

    /**
     * A mirrored config server. One that has a snapshot is enough to restore all three.
     *
     * @param configOrder place in {@code --configdb}
     * @param driftSeconds how much older its last snapshot is than the newest of all mirrors; absent when it has none
     * @param lastSnapshot absent when it has none
     * @param missing whether it has no snapshot of its own
     * @param name {@code HOSTNAME:PORT}
     */
    public record MirrorJson(
            Integer configOrder,
            Long driftSeconds,
            String hostId,
            LastSnapshotJson lastSnapshot,
            boolean missing,
            String name) {}

    /**
     * Figures of the projects that are shown, and of the disk.
     *
     * @param capacityBytes of the disk with the data directory; absent unless the caller sees everything
     * @param freeBytes of that disk, likewise
     * @param logicalBytes bytes of the files of all snapshots that are kept
     * @param newBytes stored bytes that each brought when it was made, together: about what they take up
     * @param snapshots how many are kept
     * @param storedBytes what they would take up if nothing were in common
     */
    public record StoreJson(
            Long capacityBytes, Long freeBytes, long logicalBytes, long newBytes, long snapshots, long storedBytes) {}

    /**
     * How many deployments there are, and in which state.
     *
     * @param failed those whose last run failed, whatever their state
     */
    public record SummaryJson(long deployments, long failed, long late, long never, long ok, long unscheduled) {}
}
