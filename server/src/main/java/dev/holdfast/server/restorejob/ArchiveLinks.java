package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.server.delivery.DeliveryLinks;
import dev.holdfast.server.delivery.LinkRequest;
import dev.holdfast.server.delivery.LinkState;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What this room needs of {@code delivery}, no more: links to be made, and what has become of them. */
public interface ArchiveLinks {
    /** Whether the store has a part that is to be restored. */
    boolean has(GroupId group, PartId part);

    /** Makes a link within the caller's transaction. */
    void create(Handle tx, LinkRequest request);

    /** Ends a link within the caller's transaction; downloads that run break off when it is committed. */
    void kill(Handle tx, JobId id, Instant now);

    /** The hashes of a link's archive, null until they are known; asking has them computed. */
    LinkState.Hash hash(JobId id);

    /** What has become of a link, waiting a moment for the hash of a download that just ended; null without one. */
    LinkState state(JobId id, Instant now);

    /** The same for many at once, without waiting. */
    Map<JobId, LinkState> states(Collection<JobId> ids, Instant now);

    /** The real ones. */
    static ArchiveLinks of(DeliveryLinks links) {
        return new ArchiveLinks() {
            @Override
            public boolean has(GroupId group, PartId part) {
                return links.has(group, part);
            }

            @Override
            public void create(Handle tx, LinkRequest request) {
                links.create(tx, request);
            }

            @Override
            public void kill(Handle tx, JobId id, Instant now) {
                links.kill(tx, id, now);
            }

            @Override
            public LinkState.Hash hash(JobId id) {
                return links.hash(id);
            }

            @Override
            public LinkState state(JobId id, Instant now) {
                return links.awaitState(id, now);
            }

            @Override
            public Map<JobId, LinkState> states(Collection<JobId> ids, Instant now) {
                return links.states(ids, now);
            }
        };
    }
}
