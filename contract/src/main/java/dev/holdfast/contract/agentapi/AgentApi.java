package dev.holdfast.contract.agentapi;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Paths, limits and JSON bodies of the agent API; the conversation is told in the package's story. */
public final class AgentApi {
    /** Where the agent API begins. */
    public static final String BASE = "/agent/v1";

    /** Most ids in one offer. */
    public static final int MAX_OFFER = 8192;

    /** Most bytes of one request with segments; frames that would exceed it go into the next one. */
    public static final int MAX_SEGMENTS_BODY = 16 << 20;

    /** Bytes before the segment in a frame: id, plain length, stored length. */
    public static final int FRAME_HEADER = 40;

    private AgentApi() {}

    /**
     * Begins a snapshot.
     *
     * @param clusterId the cluster, or null when {@code hostId} names a mirrored config server
     * @param hostId a mirrored config server, captured alone; its sharded cluster becomes the owner
     * @param expiresInHours after how many hours the snapshot may be deleted; null for the server's default
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BeginSnapshot(String clusterId, String hostId, Long expiresInHours) {}

    /** A snapshot was begun. */
    public record SnapshotBegun(String snapshotId) {}

    /**
     * Begins a part.
     *
     * @param clusterId the replica set that the data is of, or null when {@code hostId} is given
     * @param hostId the mirrored config server that the data is of, or null
     * @param timestampSeconds time of the newest oplog entry in the files if known, else of the freeze, in seconds
     * @param timestampIncrement ordinal in that second, 1 when not known
     * @param storageEngine as mongod names it, for example {@code wiredTiger}; null when unknown
     * @param mongodOptions options to start mongod with, for restoreInfo.txt; null when unknown
     * @param encryptionEnabled whether mongod itself encrypted the files
     * @param masterKeyUUID KMIP id of mongod's master key, when it did
     * @param unchangedSinceMillis when the newest of the files was last written, in milliseconds since the epoch; null
     *     when unknown. The parts of a sharded cluster are of one moment if each was unchanged at it
     * @param timestampKnown whether the time is that of an oplog entry; null is false, the start of the capture
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BeginPart(
            String clusterId,
            String hostId,
            long timestampSeconds,
            long timestampIncrement,
            String storageEngine,
            String mongodOptions,
            boolean encryptionEnabled,
            String masterKeyUUID,
            Long unchangedSinceMillis,
            Boolean timestampKnown) {
        /** One of which it is not known when the files were last written, and whose time is that of the capture. */
        public BeginPart(
                String clusterId,
                String hostId,
                long timestampSeconds,
                long timestampIncrement,
                String storageEngine,
                String mongodOptions,
                boolean encryptionEnabled,
                String masterKeyUUID) {
            this(
                    clusterId,
                    hostId,
                    timestampSeconds,
                    timestampIncrement,
                    storageEngine,
                    mongodOptions,
                    encryptionEnabled,
                    masterKeyUUID,
                    null,
                    null);
        }

        /** One whose time is that of the capture. */
        public BeginPart(
                String clusterId,
                String hostId,
                long timestampSeconds,
                long timestampIncrement,
                String storageEngine,
                String mongodOptions,
                boolean encryptionEnabled,
                String masterKeyUUID,
                Long unchangedSinceMillis) {
            this(
                    clusterId,
                    hostId,
                    timestampSeconds,
                    timestampIncrement,
                    storageEngine,
                    mongodOptions,
                    encryptionEnabled,
                    masterKeyUUID,
                    unchangedSinceMillis,
                    null);
        }
    }

    /**
     * A part was begun.
     *
     * @param partId its id, which stands in the paths that follow
     * @param blockSize bytes of a block
     * @param level how to encode segments, {@code fast} or {@code small}
     */
    public record PartBegun(String partId, int blockSize, String level) {}

    /** What a request with segments did: how many were new, how many were there already. */
    public record SegmentsStored(int stored, int known) {}

    /**
     * A part was committed.
     *
     * @param files entries of its file list
     * @param plainBytes bytes of all files
     * @param newBytes bytes that the store grew by
     * @param archiveBytes size of the {@code .tar.gz} that a restore gives
     */
    public record PartCommitted(long files, long plainBytes, long newBytes, long archiveBytes) {}

    /**
     * A commit could not be made because blocks are missing (409): send them and commit again.
     *
     * @param missing ids in hexadecimal, at most {@link #MAX_OFFER} of them
     */
    public record BlocksMissing(java.util.List<String> missing) {}

    /** A snapshot was committed; {@code complete} tells whether all parts of its cluster are in it. */
    public record SnapshotCommitted(String snapshotId, boolean complete) {}
}
