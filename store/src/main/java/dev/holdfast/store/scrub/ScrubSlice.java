package dev.holdfast.store.scrub;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.NoSuchBlob;
import dev.holdfast.store.index.RunCheck;
import dev.holdfast.store.index.RunNames;
import dev.holdfast.store.pack.ForwardNames;
import dev.holdfast.store.pack.PackNames;
import dev.holdfast.store.pack.StoredPacks;
import dev.holdfast.store.packed.DescriptorFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Reads a store bit by bit: each call goes on where the one before stopped, and stops when it has read enough. Unlike
 * {@link Scrub} it inflates no whole archives, of which there may be many times more than the store is large: every
 * segment is inflated and hashed once a round in its pack, and every manifest is held against the packs.
 *
 * <p>What was written behind the cursor is read in the next round.
 */
public final class ScrubSlice {
    private static final int OPEN_FILES = 4;
    private static final int INDEX_BYTES = 8 << 20;

    private final BlobStore blobs;
    private final BooleanSupplier goesOn;
    private final List<SliceReport.Found> found = new ArrayList<>();
    private StoreDescriptor store;
    private ScrubCursor from;
    private ScrubCursor at;
    private long budget;
    private long files;
    private long bytes;

    /** @param goesOn asked after each file; false ends the slice */
    public ScrubSlice(BlobStore blobs, BooleanSupplier goesOn) {
        this.blobs = blobs;
        this.goesOn = goesOn;
    }

    /**
     * Reads on from {@code cursor} until {@code mostBytes} were read (files are read whole, so the last one may exceed
     * that) or the round is over. One instance runs once.
     *
     * @throws dev.holdfast.store.format.UnknownFormat if there is no store of ours, or a newer one
     * @throws Corruption if the descriptor is damaged: without it nothing else can be told
     * @throws Unavailable if the descriptor cannot be read or files cannot be listed now
     */
    public SliceReport run(ScrubCursor cursor, long mostBytes) {
        from = cursor;
        at = cursor;
        budget = mostBytes;
        store = DescriptorFile.read(blobs);
        // listed before the packs that they refer to may be swept
        List<Damage.Part> committed = committed();
        try (StoredPacks packs = new StoredPacks(blobs, store.storeId(), OPEN_FILES, INDEX_BYTES)) {
            PartWalk walk = new PartWalk(blobs, store, packs);
            boolean ended = stages(committed, walk);
            return new SliceReport(from, ended ? ScrubCursor.START : at, files, bytes, withParts(committed, walk));
        }
    }

    private boolean stages(List<Damage.Part> committed, PartWalk walk) {
        PackScrub packScrub = new PackScrub(store);
        PageScrub pageScrub = new PageScrub();
        ForwardScrub forwards = new ForwardScrub(store);
        return readAll(ScrubCursor.Stage.PACKS, PackNames.PREFIX, packScrub::read)
                && readAll(
                        ScrubCursor.Stage.RUNS,
                        RunNames.PREFIX,
                        (name, blob, findings) ->
                                RunCheck.check(blobs, store.storeId(), name).ifPresent(findings::add))
                && readAll(ScrubCursor.Stage.FORWARDS, ForwardNames.PREFIX, forwards::read)
                && readAll(ScrubCursor.Stage.PAGES, PageScrub.PREFIX, pageScrub::read)
                && readParts(committed, walk);
    }

    private interface FileScrub {
        void read(String name, BlobReader blob, Findings findings);
    }

    /** False if the slice is over before the stage is. */
    private boolean readAll(ScrubCursor.Stage stage, String prefix, FileScrub scrub) {
        if (at.stage().compareTo(stage) > 0) {
            return true;
        }
        String after = at.stage() == stage ? at.name() : "";
        for (String name : blobs.list(prefix)) {
            if (name.compareTo(after) <= 0) {
                continue;
            }
            if (isOver()) {
                return false;
            }
            Findings findings = new Findings();
            try (BlobReader blob = blobs.open(name)) {
                scrub.read(name, blob, findings);
                bytes += blob.size();
            } catch (NoSuchBlob e) {
                // removed since it was listed: a merged run or a swept pack
            } catch (Unavailable e) {
                findings.add(Scrub.unreadable(name, e));
            }
            passed(new ScrubCursor(stage, name), findings);
        }
        at = new ScrubCursor(next(stage), "");
        return true;
    }

    private boolean readParts(List<Damage.Part> committed, PartWalk walk) {
        String after = at.stage() == ScrubCursor.Stage.PARTS ? at.name() : "";
        for (Damage.Part part : committed) {
            String name = part.project() + "/" + part.id();
            if (name.compareTo(after) <= 0) {
                continue;
            }
            if (isOver()) {
                return false;
            }
            Findings findings = new Findings();
            try {
                Corruption damage = walk.check(part);
                if (damage != null) {
                    findings.add(damage, part);
                }
            } catch (NoSuchPart e) {
                // forgotten since it was listed
            } catch (Unavailable e) {
                findings.add(Scrub.unreadable(part.toString(), e), part);
            }
            passed(new ScrubCursor(ScrubCursor.Stage.PARTS, name), findings);
        }
        return true;
    }

    private void passed(ScrubCursor unit, Findings findings) {
        at = unit;
        files++;
        for (Damage damage : findings.damages()) {
            if (found.size() < Scrub.MOST_DAMAGES) {
                found.add(new SliceReport.Found(unit, damage));
            }
        }
    }

    /** At least one file is read in a slice, however small its budget: every slice comes forward. */
    private boolean isOver() {
        return files > 0 && (bytes >= budget || !goesOn.getAsBoolean());
    }

    private List<SliceReport.Found> withParts(List<Damage.Part> committed, PartWalk walk) {
        Map<String, Set<Damage.Part>> needed = new HashMap<>();
        found.forEach(one ->
                needed.put(one.damage().blob(), new HashSet<>(one.damage().parts())));
        if (needed.isEmpty()) {
            return List.of();
        }
        for (Damage.Part part : committed) {
            try {
                for (String name : walk.blobs(part)) {
                    needed.computeIfPresent(name, (blob, parts) -> {
                        parts.add(part);
                        return parts;
                    });
                }
            } catch (NoSuchPart e) {
                // forgotten meanwhile
            }
        }
        return found.stream()
                .map(one -> new SliceReport.Found(
                        one.unit(),
                        one.damage().neededBy(needed.get(one.damage().blob()))))
                .toList();
    }

    private List<Damage.Part> committed() {
        return Scrub.committed(blobs).stream()
                .sorted(java.util.Comparator.comparing((Damage.Part part) -> part.project() + "/" + part.id()))
                .toList();
    }

    private static ScrubCursor.Stage next(ScrubCursor.Stage stage) {
        return ScrubCursor.Stage.values()[stage.ordinal() + 1];
    }
}
