package dev.holdfast.server.snapshot.ingest;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.server.deployment.Group;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.deployment.Hosts;
import dev.holdfast.server.snapshot.BegunPart;
import dev.holdfast.server.snapshot.SnapshotPart;
import dev.holdfast.server.snapshot.SnapshotPart.Type;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.ArchiveFrame.ExtraFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes what an archive has beside the data files, frozen when its part is committed: {@code restoreInfo.txt}, one
 * {@code Key: value} per line, for programs search it line by line and take what follows the first colon; and for
 * replica sets {@code seedSecondary.sh}. Mirrored config servers have no secondaries to seed.
 *
 * <p>Source: "Restore Overview" of Ops Manager for what is in the file.
 */
public final class RestoreInfo {
    /** Name of the text in the archive's top folder. */
    public static final String FILE = "restoreInfo.txt";

    /** Name of the script in the archive's top folder. */
    public static final String SCRIPT = "seedSecondary.sh";

    // any job's, for all archive names of a part have one length
    private static final JobId ANY_JOB = new JobId("0".repeat(ObjectIds.HEX_LENGTH));

    private final Groups groups;
    private final Hosts hosts;

    /** Does no I/O. */
    public RestoreInfo(Groups groups, Hosts hosts) {
        this.groups = groups;
        this.hosts = hosts;
    }

    /** The frame of a part's archive. */
    public ArchiveFrame frame(BegunPart begun) {
        SnapshotPart part = begun.part();
        List<ExtraFile> extras = new ArrayList<>();
        extras.add(new ExtraFile(FILE, 0644, bytes(text(begun))));
        if (part.type() != Type.CONFIG_SERVER) {
            extras.add(new ExtraFile(SCRIPT, 0755, bytes(SeedScript.of(part))));
        }
        return new ArchiveFrame(bytes(part.archiveName(ANY_JOB)).length, extras);
    }

    private String text(BegunPart begun) {
        SnapshotPart part = begun.part();
        StringBuilder text = new StringBuilder();
        line(text, "Group Name", groupName(begun.group()));
        if (part.type() == Type.CONFIG_SERVER) {
            Optional<Host> host = hosts.find(begun.group(), part.hostId());
            line(text, "Config Server", host.map(Host::address).orElse(null));
            line(
                    text,
                    "Cluster ID",
                    host.map(Host::clusterId).map(ClusterId::hex).orElse(null));
        } else {
            line(text, "Replica Set", part.replicaSetName());
            line(text, "Cluster ID", part.clusterId().hex());
        }
        line(text, "Snapshot timestamp", ApiJson.date(Instant.ofEpochSecond(part.timestampSeconds())) + " (UTC)");
        line(
                text,
                "Last Oplog Applied",
                "Timestamp(" + part.timestampSeconds() + ", " + part.timestampIncrement() + ")");
        line(text, "MongoDB Version", part.mongodVersion());
        line(text, "Storage Engine", begun.storageEngine());
        line(text, "mongod Options", begun.mongodOptions());
        line(text, "Encryption", part.encryptionEnabled() ? "enabled" : "none");
        if (part.encryptionEnabled()) {
            line(text, "Master Key UUID", part.masterKeyUUID());
        }
        return text.toString();
    }

    private String groupName(GroupId group) {
        return groups.find(group).map(Group::name).orElse(null);
    }

    private static void line(StringBuilder text, String key, String value) {
        // names are checked where they come in; a line break here would forge a line
        String oneLine =
                value == null || value.isBlank() ? "unknown" : value.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
        text.append(key).append(": ").append(oneLine).append('\n');
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
