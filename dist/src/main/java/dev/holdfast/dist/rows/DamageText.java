package dev.holdfast.dist.rows;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.server.restorejob.RestoreJob;
import dev.holdfast.server.snapshot.Snapshot;
import dev.holdfast.store.scrub.Damage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Damage for people and for scripts: files, and whom it concerns. */
public final class DamageText {
    private final List<Damage> damages;
    private final List<Snapshot> snapshots;
    private final List<RestoreJob> jobs;

    /** @param catalogue null if the rows cannot be read: then parts are named, but no snapshots */
    public DamageText(List<Damage> damages, Catalogue catalogue) {
        this.damages = damages;
        Set<PartId> parts = damages.stream()
                .flatMap(damage -> damage.parts().stream())
                .map(Damage.Part::id)
                .collect(Collectors.toSet());
        this.snapshots = catalogue == null ? List.of() : catalogue.snapshotsOf(parts);
        this.jobs = catalogue == null ? List.of() : catalogue.jobsOf(parts);
    }

    /** A line for each damage, then one for each snapshot and job that it touches. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        damages.forEach(damage -> lines.add("DAMAGED " + damage));
        snapshots.forEach(snapshot -> lines.add("TOUCHED snapshot " + snapshot.id() + " of project "
                + snapshot.groupId() + ", " + ApiJson.date(snapshot.created())));
        jobs.forEach(job -> lines.add("TOUCHED restore job " + job.id() + " of snapshot " + job.snapshotId()));
        return lines;
    }

    /** One JSON object. {@code more} adds figures. */
    public String json(Consumer<ObjectNode> more) {
        ObjectNode root = ApiJson.mapper().createObjectNode();
        root.put("clean", damages.isEmpty());
        more.accept(root);
        ArrayNode list = root.putArray("damages");
        for (Damage damage : damages) {
            ObjectNode one = list.addObject();
            one.put("file", damage.blob()).put("offset", damage.offset()).put("what", damage.what());
            ArrayNode parts = one.putArray("parts");
            damage.parts()
                    .forEach(part -> parts.addObject()
                            .put("groupId", part.project().hex())
                            .put("partId", part.id().hex()));
        }
        ArrayNode touched = root.putArray("snapshots");
        snapshots.forEach(snapshot -> touched.addObject()
                .put("groupId", snapshot.groupId().hex())
                .put("id", snapshot.id().hex())
                .put("created", ApiJson.date(snapshot.created())));
        ArrayNode broken = root.putArray("restoreJobs");
        jobs.forEach(job -> broken.addObject()
                .put("id", job.id().hex())
                .put("snapshotId", job.snapshotId().hex())
                .put("groupId", job.groupId().hex()));
        return new String(ApiJson.write(root, true), StandardCharsets.UTF_8);
    }
}
