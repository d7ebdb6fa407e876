package dev.holdfast.server.drill;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.server.snapshot.SnapshotPart;
import java.util.List;
import java.util.Map;

/**
 * Snapshots as Holdfast sees them, {@code /api/holdfast/v1/snapshots/{snapshotId}}: what their parts take up, what is
 * damaged, and their drills. Ours, beside the Public API. The path has no project, so a snapshot that the key may not see
 * is answered like one that does not exist.
 */
public final class DrillRoutes implements Routes {
    private static final String SNAPSHOT = "/api/holdfast/v1/snapshots/{snapshotId}";

    private final SnapshotSource snapshots;
    private final Drills drills;

    /** What these routes ask about snapshots. */
    public interface SnapshotSource {
        /** The snapshot with that id, of whatever project, deleted ones too. */
        java.util.Optional<Snapshot> find(SnapshotId id);

        /** Why parts of it cannot be restored, by their id as text; those of which nothing is known are left out. */
        Map<String, String> damage(Snapshot snapshot);
    }

    /** Does no I/O. */
    public DrillRoutes(SnapshotSource snapshots, Drills drills) {
        this.snapshots = snapshots;
        this.drills = drills;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", SNAPSHOT, Need.KEY, this::show);
        table.add("GET", SNAPSHOT + "/drills", Need.KEY, this::list);
        table.add("GET", SNAPSHOT + "/drills/{drillId}", Need.KEY, this::one);
        // no project in the path: the gate asks for the role in any, and the handler for it in the snapshot's
        table.addListed("POST", SNAPSHOT + "/drills", Need.BACKUP, this::start);
    }

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record SnapshotJson(
            String clusterId,
            boolean complete,
            String created,
            List<DrillJson> drills,
            String expires,
            String groupId,
            String id,
            List<Link> links,
            List<PartJson> parts) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PartJson(
            long archiveSizeBytes,
            String clusterId,
            String damaged,
            long fileSizeBytes,
            String hostId,
            String id,
            long storedSizeBytes,
            String typeName) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    record DrillJson(
            long bytes,
            String ended,
            long files,
            String id,
            List<Link> links,
            String message,
            String snapshotId,
            String started,
            String statusName,
            String wiredTiger) {}

    private Answer show(Call call) {
        Snapshot snapshot = snapshot(call);
        Map<String, String> damage = snapshots.damage(snapshot);
        return Answer.ok(new SnapshotJson(
                snapshot.clusterId().hex(),
                snapshot.clusterComplete(),
                ApiJson.date(snapshot.created()),
                drills.of(snapshot.id()).stream()
                        .map(drill -> document(call, drill))
                        .toList(),
                snapshot.expires() == null ? null : ApiJson.date(snapshot.expires()),
                snapshot.groupId().hex(),
                snapshot.id().hex(),
                List.of(Link.self(url(call, snapshot.id()))),
                snapshot.parts().stream().map(part -> document(part, damage)).toList()));
    }

    private Answer list(Call call) {
        Snapshot snapshot = snapshot(call);
        List<DrillJson> all = drills.of(snapshot.id()).stream()
                .map(drill -> document(call, drill))
                .toList();
        return Answer.ok(new ListJson<>(
                List.of(Link.self(url(call, snapshot.id()) + "/drills")), all, (long) all.size()));
    }

    private Answer one(Call call) {
        Snapshot snapshot = snapshot(call);
        String id = call.pathParameter("drillId");
        return Answer.ok(document(
                call,
                drills.find(id)
                        .filter(drill -> drill.snapshot().equals(snapshot.id()))
                        .orElseThrow(() -> new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "drill " + id))));
    }

    private Answer start(Call call) {
        Snapshot snapshot = snapshot(call);
        if (!call.caller().may(Need.BACKUP, snapshot.groupId())) {
            throw new Refusal(ErrorCode.USER_UNAUTHORIZED);
        }
        DrillJson drill = document(call, drills.start(snapshot));
        return Answer.created(drill, drill.links().get(0).href());
    }

    private Snapshot snapshot(Call call) {
        String text = call.pathParameter("snapshotId");
        return SnapshotId.parse(text)
                .flatMap(snapshots::find)
                .filter(found -> !found.isGone(call.now()))
                .filter(found -> call.caller().sees(found.groupId()))
                .orElseThrow(() -> new Refusal(ErrorCode.RESOURCE_NOT_FOUND, "snapshot " + text));
    }

    private static PartJson document(SnapshotPart part, Map<String, String> damage) {
        return new PartJson(
                part.archiveBytes(),
                part.clusterId() == null ? null : part.clusterId().hex(),
                damage.get(part.id().hex()),
                part.plainBytes(),
                part.hostId() == null ? null : part.hostId().hex(),
                part.id().hex(),
                part.storedBytes(),
                part.type().name());
    }

    private static DrillJson document(Call call, Drill drill) {
        return new DrillJson(
                drill.result().bytes(),
                drill.ended() == null ? null : ApiJson.date(drill.ended()),
                drill.result().files(),
                drill.id(),
                List.of(Link.self(url(call, drill.snapshot()) + "/drills/" + drill.id())),
                drill.result().message(),
                drill.snapshot().hex(),
                ApiJson.date(drill.started()),
                drill.result().state().name(),
                drill.result().wiredTiger());
    }

    private static String url(Call call, SnapshotId id) {
        return call.baseUrl() + "/api/holdfast/v1/snapshots/" + id;
    }
}
