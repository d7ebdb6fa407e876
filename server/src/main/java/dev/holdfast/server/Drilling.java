package dev.holdfast.server;

import dev.holdfast.contract.id.SnapshotId;
import dev.holdfast.server.drill.DrillResult;
import dev.holdfast.server.drill.DrillRoutes;
import dev.holdfast.server.drill.SnapshotDrill;
import dev.holdfast.server.drill.WiredTigerVerify;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.store.scrub.Damage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What drills need of the other rooms: the store, a snapshot's rows, and somebody to tell of damage. */
final class Drilling implements DrillRoutes.SnapshotSource {
    private final ServerRooms rooms;
    private final Path scratch;
    private final Clock clock;

    /** Archives are unpacked below {@code scratch}. */
    Drilling(ServerRooms rooms, Path scratch, Clock clock) {
        this.rooms = rooms;
        this.scratch = scratch;
        this.clock = clock;
    }

    /** Makes a drill. */
    DrillResult run(Snapshot snapshot) {
        WiredTigerVerify wiredTiger = new WiredTigerVerify(System.getenv("PATH"));
        return new SnapshotDrill(rooms.store, wiredTiger, scratch, step -> {}, this::tell).run(snapshot);
    }

    /** Damage that it meets marks the parts that need the file. */
    private void tell(Damage damage) {
        rooms.scrubs.add(List.of(damage), name -> rooms.blobs.list(name).contains(name), clock.instant());
    }

    @Override
    public Optional<Snapshot> find(SnapshotId id) {
        return rooms.snapshots.find(id);
    }

    @Override
    public Map<String, String> damage(Snapshot snapshot) {
        Map<String, String> reasons = new HashMap<>();
        rooms.database.read(rooms.damage::all).forEach((part, reason) -> reasons.put(part.hex(), reason));
        return reasons;
    }
}
