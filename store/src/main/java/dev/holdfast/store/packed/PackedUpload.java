package dev.holdfast.store.packed;

import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.segment.BadSegment;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.IncomingBlock;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.index.BlockIndex;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** An upload into packs. The heavy work, inflating and hashing, is done outside of every lock. */
final class PackedUpload implements PartUpload {
    private final StoreFiles files;
    private final GroupId project;
    private final PartId part;
    private final BlockIndex index;
    private final SweepGate gate;
    private final OpenPacks open;
    private final Consumer<PackedUpload> ended;
    private final Set<PackId> pinned = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Commits in progress: their roots will need what is pinned, also when the upload is closed meanwhile. */
    private int commits;

    private boolean atRest;

    /** @param ended is told once when the upload is closed or committed */
    PackedUpload(
            StoreFiles files,
            GroupId project,
            PartId part,
            BlockIndex index,
            SweepGate gate,
            Consumer<PackedUpload> ended) {
        this.files = files;
        this.project = project;
        this.part = part;
        this.index = index;
        this.gate = gate;
        this.open = new OpenPacks(files, project, index, pinned::add);
        this.ended = ended;
    }

    GroupId project() {
        return project;
    }

    /** Packs that must not go away before the upload ends: those of every block that was answered "have it". */
    Set<PackId> pinned() {
        return Set.copyOf(pinned);
    }

    @Override
    public BitSet missing(List<BlockId> blocks) {
        requireOpen();
        List<BlockId> wanted = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            BlockId block = blocks.get(i);
            if (!block.equals(FileListReader.ZERO_BLOCK) && !open.contains(block)) {
                wanted.add(block);
                places.add(i);
            }
        }
        BitSet missing = new BitSet(blocks.size());
        BlockLocation[] found = findAndPin(wanted);
        for (int i = 0; i < found.length; i++) {
            if (found[i] == null) {
                missing.set(places.get(i));
            }
        }
        return missing;
    }

    private BlockLocation[] findAndPin(List<BlockId> blocks) {
        return gate.look(blocks, () -> {
            BlockLocation[] found = index.lookup(blocks);
            for (BlockLocation location : found) {
                if (location != null) {
                    pinned.add(location.pack());
                }
            }
            return found;
        });
    }

    @Override
    public boolean put(BlockId block, int plainLength, byte[] bytes, int offset, int length) {
        requireOpen();
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (!missing(List.of(block)).get(0)) {
            return false;
        }
        int crc32 = files.inspectors().inspect(block, plainLength, bytes, offset, length);
        return open.append(block, plainLength, crc32, bytes, offset, length);
    }

    @Override
    public int putAll(List<IncomingBlock> incoming) {
        requireOpen();
        BitSet missing = missing(incoming.stream().map(IncomingBlock::block).toList());
        int stored = 0;
        int i = missing.nextSetBit(0);
        while (i >= 0) {
            int next = missing.nextSetBit(i + 1);
            if (next >= 0) {
                stored += putBoth(incoming.get(i), i, incoming.get(next), next);
                i = missing.nextSetBit(next + 1);
            } else {
                stored += putOne(incoming.get(i), i);
                i = -1;
            }
        }
        return stored;
    }

    private int putBoth(IncomingBlock one, int index, IncomingBlock other, int otherIndex) {
        int[] crc32;
        try {
            crc32 = files.inspectors().inspectBoth(one, other);
        } catch (BadSegment e) {
            // which of them it is shows when each is looked at alone, and the first one may be in order
            return putOne(one, index) + putOne(other, otherIndex);
        }
        return append(one, crc32[0]) + append(other, crc32[1]);
    }

    private int putOne(IncomingBlock in, int index) {
        try {
            return append(
                    in, files.inspectors().inspect(in.block(), in.plainLength(), in.bytes(), in.offset(), in.length()));
        } catch (BadSegment e) {
            throw new BadIncoming(index, e);
        }
    }

    private int append(IncomingBlock in, int crc32) {
        return open.append(in.block(), in.plainLength(), crc32, in.bytes(), in.offset(), in.length()) ? 1 : 0;
    }

    @Override
    public PartSummary commit(FileListReader list, ArchiveFrame frame) throws IOException {
        synchronized (this) {
            requireOpen();
            commits++;
        }
        try {
            open.seal();
            index.flush();
            PartSummary summary = gate.commit(
                    part,
                    () -> new Commit(files, project, part, this::findAndPin).run(list, frame, open.sealedBytes()));
            close();
            return summary;
        } finally {
            synchronized (this) {
                commits--;
                unpinAtRest();
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        open.close();
        synchronized (this) {
            atRest = true;
            unpinAtRest();
        }
    }

    // last of all: a pack that is just being sealed, or that a commit is about to refer to, must not be swept
    private void unpinAtRest() {
        if (atRest && commits == 0) {
            pinned.clear();
            ended.accept(this);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the upload of part " + part + " has ended");
        }
    }
}
