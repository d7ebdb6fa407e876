package dev.holdfast.store.index;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.NoSuchBlob;
import dev.holdfast.store.pack.ForwardNames;
import dev.holdfast.store.pack.PackId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which runs can be used, removes the others, and says which packs are then in none. */
final class RunRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(RunRecovery.class);

    private RunRecovery() {}

    /** Runs that name no pack twice and none that is gone or forwarded; and the packs that no run names. */
    record Recovered(List<Run> runs, List<PackId> uncovered) {}

    static Recovered recover(BlobStore blobs, String storeId, GroupId project) {
        Set<PackId> uncovered = new HashSet<>(ForwardNames.unforwarded(blobs, project));
        List<Run> opened = new ArrayList<>();
        try {
            openAll(blobs, storeId, project, opened);
            List<Run> usable = new ArrayList<>();
            // the largest first: a merged run then goes before those that a crash left beside it
            for (Run run : opened) {
                if (uncovered.containsAll(run.packs())) {
                    run.packs().forEach(uncovered::remove);
                    usable.add(run);
                } else {
                    LOG.info("index run {} is out of date and is removed", run.name());
                    run.close();
                    blobs.delete(run.name());
                }
            }
            List<PackId> rest = new ArrayList<>(uncovered);
            Collections.sort(rest);
            return new Recovered(usable, rest);
        } catch (RuntimeException e) {
            // it is tried again with every upload: what stays open now would add up
            opened.forEach(Run::close);
            throw e;
        }
    }

    private static void openAll(BlobStore blobs, String storeId, GroupId project, List<Run> runs) {
        for (String name : blobs.list(RunNames.prefix(project))) {
            try {
                runs.add(Run.open(blobs, storeId, project, name));
            } catch (NoSuchBlob e) {
                LOG.info("index run {} went away", name);
            } catch (Corruption e) {
                LOG.warn("an index run is damaged and is removed: {}", e.getMessage());
                blobs.delete(name);
            }
        }
        runs.sort(Comparator.comparingLong(Run::entries).reversed());
    }
}
