package dev.holdfast.store.packed;

import dev.holdfast.contract.agentapi.AgentApi;
import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.PartUpload.BlocksMissing;
import dev.holdfast.store.manifest.ManifestWriter;
import dev.holdfast.store.pack.BlockLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Turns a file list into a manifest. Ids are resolved in batches across files, for a data directory may have millions
 * of small ones. Once a block is missing nothing more is written, and the rest of the list is read only to say what
 * else is missing.
 */
final class Commit {
    private static final int BATCH = AgentApi.MAX_OFFER;
    private static final int CHUNK = 512;

    private final StoreFiles files;
    private final GroupId project;
    private final PartId part;
    private final Function<List<BlockId>, BlockLocation[]> index;
    private final List<Step> steps = new ArrayList<>();
    private final List<BlockId> blocks = new ArrayList<>();
    private final Set<BlockId> missing = new LinkedHashSet<>();
    private final ArchiveOrder order = new ArchiveOrder();

    /** An entry, or null where a file goes on, and how many of the batch's blocks are its next ones. */
    private record Step(FileEntry entry, int blocks) {}

    /** @param index finds blocks; null for one that is in no pack. What it finds must stay until the root is there */
    Commit(StoreFiles files, GroupId project, PartId part, Function<List<BlockId>, BlockLocation[]> index) {
        this.files = files;
        this.project = project;
        this.part = part;
        this.index = index;
    }

    PartSummary run(FileListReader list, ArchiveFrame frame, long newBytes) throws IOException {
        try (ManifestWriter manifest =
                new ManifestWriter(files.blobs(), files.descriptor(), project, part, frame, files.packs())) {
            BlockId[] chunk = new BlockId[CHUNK];
            for (FileEntry entry = list.next(); entry != null; entry = list.next()) {
                order.next(entry);
                add(entry, 0, manifest);
                for (int n = list.readBlocks(chunk); n > 0; n = list.readBlocks(chunk)) {
                    blocks.addAll(Arrays.asList(chunk).subList(0, n));
                    add(null, n, manifest);
                }
            }
            resolve(manifest);
            if (!missing.isEmpty()) {
                throw new BlocksMissing(
                        missing.stream().limit(AgentApi.MAX_OFFER).toList());
            }
            return manifest.finish(newBytes);
        }
    }

    private void add(FileEntry entry, int count, ManifestWriter manifest) throws IOException {
        steps.add(new Step(entry, count));
        if (blocks.size() >= BATCH || steps.size() >= BATCH) {
            resolve(manifest);
        }
    }

    private void resolve(ManifestWriter manifest) throws IOException {
        BlockLocation[] locations = index.apply(blocks);
        for (int i = 0; i < locations.length; i++) {
            boolean known = locations[i] != null || blocks.get(i).equals(FileListReader.ZERO_BLOCK);
            if (!known && missing.size() < AgentApi.MAX_OFFER) {
                missing.add(blocks.get(i));
            }
        }
        int at = 0;
        for (Step step : missing.isEmpty() ? steps : List.<Step>of()) {
            if (step.entry() != null) {
                manifest.entry(step.entry());
            } else {
                manifest.blocks(Arrays.copyOfRange(locations, at, at + step.blocks()), step.blocks());
                at += step.blocks();
            }
        }
        steps.clear();
        blocks.clear();
    }
}
