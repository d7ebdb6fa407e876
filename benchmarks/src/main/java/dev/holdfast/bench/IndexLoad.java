package dev.holdfast.bench;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.disk.DiskBlobStore;
import dev.holdfast.store.index.RunBlockIndex;
import dev.holdfast.store.pack.BlockLocation;
import dev.holdfast.store.pack.PackId;
import dev.holdfast.store.pack.PackNames;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;

/**
 * The block index of a store of two terabytes: how much heap it takes, and how often a capture makes it read.
 *
 * <p>Arguments: an empty folder, number of blocks. Run it with the heap of {@code serve}.
 */
public final class IndexLoad {
    private static final String STORE = "000102030405060708090a0b0c0d0e0f";
    private static final GroupId PROJECT = new GroupId("5f0000000000000000000001");
    private static final int BATCH = 8192;
    private static final int BATCHES = 40;

    private IndexLoad() {}

    /** Prints figures as lines {@code name: value}. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        long blocks = Long.parseLong(arguments[1]);
        SyntheticPacks packs = new SyntheticPacks();
        int count = (int) (blocks / SyntheticPacks.SLOTS);
        try (BlobStore disk = DiskBlobStore.open(folder, Clock.systemUTC())) {
            CountingBlobs blobs = new CountingBlobs(disk);
            long start = System.nanoTime();
            try (RunBlockIndex index = RunBlockIndex.open(blobs, packs, STORE, PROJECT, new Random(1))) {
                for (int pack = 0; pack < count; pack++) {
                    PackId id = SyntheticPacks.id(pack);
                    // an index that is opened believes in packs that have a file
                    Path file = folder.resolve(PackNames.name(PROJECT, id));
                    Files.createDirectories(file.getParent());
                    Files.createFile(file);
                    index.add(id, packs.index(PROJECT, id));
                }
                index.flush();
            }
            say("blocks", blocks);
            say("build_s", seconds(start));
            say("heap_peak_mb", heapPeak() >> 20);
            start = System.nanoTime();
            try (RunBlockIndex index = RunBlockIndex.open(blobs, packs, STORE, PROJECT, new Random(2))) {
                say("open_s", seconds(start));
                say("files", disk.list("index/").size());
                System.gc();
                say(
                        "heap_mb",
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
                say("direct_mb", direct() >> 20);
                Random random = new Random(3);
                long first = (blocks / 2 / BATCH) * BATCH;
                lookups("known_in_order", index, blobs, packs, n -> first + n);
                lookups("known_4_percent_new", index, blobs, packs, n -> n % 25 == 0 ? blocks + n : first + n);
                lookups("new", index, blobs, packs, n -> 2 * blocks + n);
                lookups("known_at_random", index, blobs, packs, n -> Math.floorMod(random.nextLong(), blocks));
            }
            say("heap_peak_mb_all", heapPeak() >> 20);
        }
    }

    /** @param block which block is the n-th that is asked for */
    private static void lookups(
            String name, RunBlockIndex index, CountingBlobs blobs, SyntheticPacks packs, LongUnaryOperator block) {
        long reads = blobs.reads();
        long bytes = blobs.bytes();
        long loaded = packs.loaded();
        long start = System.nanoTime();
        long found = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            List<BlockId> ids = new ArrayList<>(BATCH);
            for (int i = 0; i < BATCH; i++) {
                ids.add(SyntheticPacks.block(block.applyAsLong((long) batch * BATCH + i)));
            }
            for (BlockLocation place : index.lookup(ids)) {
                found += place == null ? 0 : 1;
            }
        }
        say(name + "_found", found);
        say(name + "_reads_a_batch", (blobs.reads() - reads + packs.loaded() - loaded) / BATCHES);
        say(name + "_kb_a_batch", (blobs.bytes() - bytes >> 10) / BATCHES);
        say(name + "_blocks_a_second", (long) BATCH * BATCHES * 1_000_000_000L / (System.nanoTime() - start));
    }

    private static long heapPeak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static long seconds(long start) {
        return (System.nanoTime() - start) / 1_000_000_000L;
    }

    private static void say(String name, long value) {
        System.out.println(name + ": " + value);
    }
}
