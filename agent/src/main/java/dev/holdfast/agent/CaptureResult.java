package dev.holdfast.agent;

import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.id.SnapshotId;
import java.util.List;

/**
 * What a capture did.
 *
 * @param snapshot the snapshot that the part is in
 * @param part the part, committed
 * @param sizes what the server counted
 * @param snapshotCommitted whether the snapshot was committed too
 * @param complete whether the snapshot then had all parts of its cluster; false if it was not committed
 * @param warnings what the one who started it should know, in order
 */
public record CaptureResult(
        SnapshotId snapshot,
        PartId part,
        AgentApi.PartCommitted sizes,
        boolean snapshotCommitted,
        boolean complete,
        List<String> warnings) {
    /** Copies the list. */
    public CaptureResult {
        warnings = List.copyOf(warnings);
    }
}
