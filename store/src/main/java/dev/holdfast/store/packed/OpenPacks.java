package dev.holdfast.store.packed;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.index.BlockIndex;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The packs that an upload is filling. A thread goes on with the pack that it wrote to last: what one connection sends
 * then lies in file order, however many connections there are, and threads do not wait for each other.
 */
final class OpenPacks implements AutoCloseable {
    /** A pack of so many blocks is sealed however small it is: each slot is in the heap of writer and index. */
    static final int MOST_SLOTS = 32 << 10;

    private static final int MOST = 4;

    private final StoreFiles files;
    private final GroupId project;
    private final BlockIndex index;
    private final Consumer<PackId> sealing;

    /** Blocks of packs that are not sealed; the index has those that are. So the heap does not grow with the upload. */
    private final Set<BlockId> blocks = ConcurrentHashMap.newKeySet();

    private final List<Lane> lanes = new ArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private int nextLane;
    private volatile boolean closed;

    /** @param sealing is told each pack before anyone else can see it, so that it can be pinned */
    OpenPacks(StoreFiles files, GroupId project, BlockIndex index, Consumer<PackId> sealing) {
        this.files = files;
        this.project = project;
        this.index = index;
        this.sealing = sealing;
    }

    boolean contains(BlockId block) {
        return blocks.contains(block);
    }

    /** Bytes of all packs sealed so far. */
    long sealedBytes() {
        return bytes.get();
    }

    /** Appends a segment that was inspected; false if the block came in meanwhile. */
    boolean append(BlockId block, int plainLength, int plainCrc32, byte[] segment, int offset, int length) {
        if (!blocks.add(block)) {
            return false;
        }
        Lane lane = laneOf(Thread.currentThread().getId());
        synchronized (lane) {
            try {
                lane.append(block, plainLength, plainCrc32, segment, offset, length);
            } catch (RuntimeException e) {
                blocks.remove(block);
                lane.abandon();
                throw e;
            }
            return true;
        }
    }

    /** Seals all of them, so that the index has every block. */
    void seal() {
        for (Lane lane : lanes()) {
            synchronized (lane) {
                lane.seal();
            }
        }
    }

    /** Gives up what is not sealed. */
    @Override
    public void close() {
        closed = true;
        for (Lane lane : lanes()) {
            synchronized (lane) {
                lane.abandon();
            }
        }
    }

    private synchronized List<Lane> lanes() {
        return List.copyOf(lanes);
    }

    private synchronized Lane laneOf(long thread) {
        for (Lane lane : lanes) {
            if (lane.thread == thread) {
                return lane;
            }
        }
        if (lanes.size() < MOST) {
            lanes.add(new Lane());
        }
        Lane lane = lanes.get(nextLane);
        nextLane = (nextLane + 1) % MOST;
        lane.thread = thread;
        return lane;
    }

    /** One pack being filled, again and again. Its own lock guards the pack, that of the outer object the thread. */
    private final class Lane {
        private final List<BlockId> inPack = new ArrayList<>();
        private PackWriter pack;
        private long thread;

        void append(BlockId block, int plainLength, int plainCrc32, byte[] segment, int offset, int length) {
            if (closed) {
                throw new IllegalStateException("the upload has ended");
            }
            if (pack == null) {
                pack = files.beginPack(project);
            }
            pack.append(block, plainLength, plainCrc32, segment, offset, length);
            inPack.add(block);
            if (pack.size() >= files.settings().packBytes() || pack.slots() >= MOST_SLOTS) {
                seal();
            }
        }

        void seal() {
            if (pack == null) {
                return;
            }
            try {
                sealing.accept(pack.id());
                var slots = pack.seal();
                bytes.addAndGet(pack.size());
                index.add(pack.id(), slots);
            } finally {
                abandon(); // of a sealed pack nothing is given up but the list of its blocks
            }
        }

        /** Forgets the pack. If it was not sealed its blocks count as missing again. */
        void abandon() {
            inPack.forEach(blocks::remove);
            inPack.clear();
            if (pack != null) {
                PackWriter ended = pack;
                pack = null;
                ended.close();
            }
        }
    }
}
