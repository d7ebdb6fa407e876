package dev.holdfast.agent;

import dev.holdfast.agent.link.AgentKey;
import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.segment.SegmentLevel;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/**
 * What to capture, of whom, and where to send it.
 *
 * @param server where the server answers
 * @param source what to read
 * @param snapshot the snapshot that the part goes into
 * @param part whose data it is
 * @param commitSnapshot whether to commit the snapshot after the part; false when more parts are to follow
 * @param threads threads that hash and encode, 1 or more
 * @param level how hard blocks are compressed; null for what the server asks for
 * @param notes folder with notes of earlier captures, so that unchanged files need not be read; null to read everything
 */
public record CaptureSettings(
        Server server,
        Source source,
        InSnapshot snapshot,
        Part part,
        boolean commitSnapshot,
        int threads,
        SegmentLevel level,
        Path notes) {

    /** Settings of a capture that reads everything and compresses as the server asks. */
    public CaptureSettings(
            Server server, Source source, InSnapshot snapshot, Part part, boolean commitSnapshot, int threads) {
        this(server, source, snapshot, part, commitSnapshot, threads, null, null);
    }

    /** Refuses a number of threads below 1 or above 64. */
    public CaptureSettings {
        if (threads < 1 || threads > 64) {
            throw new CaptureFailed(threads + " threads cannot be used\nHINT: give a number from 1 to 64");
        }
    }

    /**
     * Where to send it.
     *
     * @param url scheme, host and port, {@code http} or {@code https}; a path is kept as a prefix
     * @param group the project
     * @param key its agent key
     * @param authorities PEM file of the certificates to trust in place of Java's own authorities; null for those
     */
    public record Server(URI url, GroupId group, AgentKey key, Path authorities) {
        /** One whose certificate, if any, an authority that Java knows has signed. */
        public Server(URI url, GroupId group, AgentKey key) {
            this(url, group, key, null);
        }

        /** Refuses an address that is not an absolute http or https one, and authorities for http. */
        public Server {
            String scheme = url.getScheme();
            boolean known = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            if (!known || url.getHost() == null || url.getRawUserInfo() != null || url.getRawQuery() != null) {
                throw new CaptureFailed("the server's address must be like http://HOST:PORT, without user or query\n"
                        + "HINT: give the address that \"holdfast serve\" printed");
            }
            if (authorities != null && !"https".equalsIgnoreCase(scheme)) {
                throw new CaptureFailed("trusted certificates are of no use with an http address\n"
                        + "HINT: say https://HOST:PORT, or leave them out");
            }
        }
    }

    /**
     * What to read.
     *
     * @param directory the data directory
     * @param frozen the caller has frozen the files, so a live {@code mongod.lock} is no obstacle
     * @param follow symbolic links, as paths relative to the directory, to be stored as what they point to
     */
    public record Source(Path directory, boolean frozen, Set<String> follow) {
        /** Copies the set. */
        public Source {
            follow = Set.copyOf(follow);
        }
    }

    /** The snapshot that a part goes into. */
    public sealed interface InSnapshot permits BeginSnapshot, JoinSnapshot {}

    /**
     * A new snapshot; one of cluster and host is null.
     *
     * @param cluster the cluster, for a sharded one the whole of it
     * @param host a mirrored config server, captured alone
     * @param expiresInHours after how many hours it may be deleted; null for the server's default
     */
    public record BeginSnapshot(ClusterId cluster, HostId host, Long expiresInHours) implements InSnapshot {
        /** Refuses both and neither. */
        public BeginSnapshot {
            requireOne(cluster, host, "snapshot");
        }
    }

    /** One that was begun before and is not committed yet. */
    public record JoinSnapshot(SnapshotId snapshot) implements InSnapshot {}

    /**
     * Whose data the directory holds; one of cluster and host is null.
     *
     * @param cluster the replica set
     * @param host the mirrored config server
     * @param timestampSeconds time of the newest oplog entry in the files, seconds since the epoch; null for the start
     *     of the capture
     * @param timestampIncrement ordinal in that second, 1 when not known
     * @param storageEngine as mongod names it; null to be told by the files (storage.bson)
     * @param mongodOptions options to start mongod with; null when unknown
     * @param encryptionEnabled whether mongod itself encrypted the files
     * @param masterKeyUuid KMIP id of mongod's master key, when it did; else null
     */
    public record Part(
            ClusterId cluster,
            HostId host,
            Long timestampSeconds,
            long timestampIncrement,
            String storageEngine,
            String mongodOptions,
            boolean encryptionEnabled,
            String masterKeyUuid) {
        /** Refuses both owners and neither. */
        public Part {
            requireOne(cluster, host, "part");
        }

        /** Data of a replica set of which nothing else is known. */
        public static Part of(ClusterId cluster) {
            return new Part(cluster, null, null, 1, null, null, false, null);
        }

        /** Data of a mirrored config server of which nothing else is known. */
        public static Part of(HostId host) {
            return new Part(null, host, null, 1, null, null, false, null);
        }
    }

    private static void requireOne(ClusterId cluster, HostId host, String what) {
        if ((cluster == null) == (host == null)) {
            throw new CaptureFailed("a " + what + " is of a cluster or of a host, one of them\n"
                    + "HINT: give the id of the host for a mirrored config server, else that of the cluster");
        }
    }
}
