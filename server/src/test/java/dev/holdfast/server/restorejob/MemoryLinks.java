package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.server.delivery.LinkRequest;
import dev.holdfast.server.delivery.LinkState;
import dev.holdfast.server.delivery.LinkState.Hash;
import dev.holdfast.server.delivery.LinkState.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Links that last as long as the test, and end as it says. They take part in no transaction. */
final class MemoryLinks implements ArchiveLinks {
    static final String SHA1 = "fbd8063fe0f0f66c319ca5db584de8e193703517";

    final Map<JobId, LinkRequest> requests = new LinkedHashMap<>();
    private final Map<JobId, Status> ended = new HashMap<>();
    private final Map<JobId, Hash> hashes = new HashMap<>();
    /** Parts whose bytes the store no longer has. */
    final Set<PartId> gone = new HashSet<>();

    boolean full;
    /** Whether the hashes of every archive are known from the start. */
    boolean hashed;

    @Override
    public boolean has(GroupId group, PartId part) {
        return !gone.contains(part);
    }

    @Override
    public void create(Handle tx, LinkRequest request) {
        if (full) {
            throw new IllegalStateException("disk full");
        }
        requests.put(request.id(), request);
    }

    @Override
    public void kill(Handle tx, JobId id, Instant now) {
        ended.putIfAbsent(id, Status.INTERRUPTED);
    }

    @Override
    public Hash hash(JobId id) {
        return hashed ? new Hash(requests.get(id).fileName(), SHA1, "00") : null;
    }

    /** One download was completed; it was the last one if {@code last}. */
    void downloaded(JobId id, boolean last) {
        hashes.put(id, new Hash(requests.get(id).fileName(), SHA1, "00"));
        if (last) {
            ended.put(id, Status.MAX_DOWNLOADS_EXCEEDED);
        }
    }

    void damaged(JobId id) {
        ended.put(id, Status.FAILED);
    }

    @Override
    public LinkState state(JobId id, Instant now) {
        LinkRequest request = requests.get(id);
        if (request == null) {
            return null;
        }
        Status byClock = now.isBefore(request.expires()) ? Status.READY : Status.EXPIRED;
        return new LinkState(
                ended.getOrDefault(id, byClock),
                "/backup/restore/v2/pull/" + id + "/M2IxZjBjN2U1YTJkNGM4ZTlmNjA3MWEyYjNjNGQ1ZTY=/" + request.fileName(),
                hashes.get(id),
                null,
                0);
    }

    @Override
    public Map<JobId, LinkState> states(Collection<JobId> ids, Instant now) {
        Map<JobId, LinkState> states = new HashMap<>();
        for (JobId id : ids) {
            LinkState state = state(id, now);
            if (state != null) {
                states.put(id, state);
            }
        }
        return states;
    }
}
