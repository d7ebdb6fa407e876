package dev.holdfast.server.snapshot.ingest;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The open uploads of this process. They do not outlive it: a part without one is begun again. */
final class UploadSessions {
    private final Map<PartId, UploadSession> open = new ConcurrentHashMap<>();
    private final Duration lease;
    private final int perProject;

    UploadSessions(Duration lease, int perProject) {
        this.lease = lease;
        this.perProject = perProject;
    }

    /** Whether the project may begin another one. */
    boolean hasRoom(GroupId group) {
        return open.values().stream()
                        .filter(session -> session.begun().group().equals(group))
                        .count()
                < perProject;
    }

    void add(UploadSession session) {
        open.put(session.begun().part().id(), session);
    }

    Optional<UploadSession> find(GroupId group, PartId part) {
        return Optional.ofNullable(open.get(part))
                .filter(session -> session.begun().group().equals(group));
    }

    /** Ends the upload of a part, if there is one; waits for nobody. */
    void end(PartId part) {
        UploadSession session = open.remove(part);
        if (session != null) {
            session.end();
        }
    }

    /** Ends those that nobody has used for the time of a lease; what they pinned may then be swept. */
    void reap() {
        for (Iterator<UploadSession> each = open.values().iterator(); each.hasNext(); ) {
            if (each.next().endIfIdle(lease)) {
                each.remove();
            }
        }
    }

    /** Ends all and waits for those who use them. */
    void endAll() {
        for (PartId part : open.keySet()) {
            UploadSession session = open.remove(part);
            if (session != null) {
                session.endAndWait();
            }
        }
    }
}
