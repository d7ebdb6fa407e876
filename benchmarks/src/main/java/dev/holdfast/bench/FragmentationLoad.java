package dev.holdfast.bench;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.agentapi.FileListWriter;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.disk.DiskBlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import dev.holdfast.store.sweep.RepackRule;
import dev.holdfast.store.sweep.Sweep;
import dev.holdfast.store.sweep.SweepMargins;
import dev.holdfast.store.sweep.SweepReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * Daily snapshots of a file of which 4 % of the blocks change each day, at places drawn by lot: how fast the archive of the
 * newest is read, by how fast that of the first was.
 *
 * <p>Arguments: an empty folder, blocks, days, days that a snapshot is kept, {@code repack} or {@code delete}.
 */
public final class FragmentationLoad {
    private static final GroupId PROJECT = new GroupId("5f0000000000000000000001");
    private static final GroupId CONTROL = new GroupId("5f0000000000000000000002");
    private static final int BLOCK = 64 << 10;
    private static final double CHURN = 0.04;
    private static final int READS = 5;

    private final PackedSnapshotStore store;
    private final SegmentEncoder encoder = new SegmentEncoder(SegmentLevel.FAST);
    private final long[] seeds;

    private FragmentationLoad(PackedSnapshotStore store, int blocks) {
        this.store = store;
        this.seeds = new long[blocks];
        Arrays.setAll(seeds, i -> i);
    }

    /** Prints figures as lines {@code name: value}. */
    public static void main(String[] arguments) throws Exception {
        int blocks = Integer.parseInt(arguments[1]);
        int days = Integer.parseInt(arguments[2]);
        int kept = Integer.parseInt(arguments[3]);
        RepackRule rule = arguments[4].equals("repack") ? RepackRule.DEFAULT : RepackRule.NONE;
        SweepMargins none = new SweepMargins(Duration.ZERO, Duration.ZERO);
        Random random = new Random(5);
        try (DiskBlobStore blobs = DiskBlobStore.open(Path.of(arguments[0]), Clock.systemUTC());
                PackedSnapshotStore store = PackedSnapshotStore.create(blobs, StoreSettings.DEFAULT, random)) {
            FragmentationLoad load = new FragmentationLoad(store, blocks);
            load.capture(PROJECT, 1);
            // as on the first day for ever, in a project of its own: read beside the others, for a machine changes its
            // mind
            load.capture(CONTROL, 1);
            long written = 0;
            long copied = 0;
            int repacks = 0;
            double worst = 1;
            for (int day = 2; day <= days; day++) {
                for (int i = 0; i < blocks * CHURN; i++) {
                    load.seeds[random.nextInt(blocks)] = random.nextLong();
                }
                written += load.capture(PROJECT, day);
                if (day > kept) {
                    store.forget(PROJECT, part(day - kept));
                }
                Sweep sweep = new Sweep(blobs, store, none, rule);
                SweepReport report = sweep.run(sweep.plan(Instant.now().plusSeconds(60)));
                copied += report.copied();
                repacks += report.repacked() > 0 ? 1 : 0;
                double ratio = load.ratio(day);
                say("day_" + day, ratio);
                worst = Math.min(worst, ratio);
            }
            say("ratio_last", load.ratio(days));
            say("ratio_worst", worst);
            say("captured_mb", written / 1e6);
            say("copied_mb", copied / 1e6);
            say("sweeps_that_copied", repacks);
        }
    }

    /** Answers the bytes that were new. */
    private long capture(GroupId project, int day) throws IOException {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        FileListWriter writer = new FileListWriter(list, BLOCK);
        writer.entry(entry(FileEntry.Type.DIRECTORY, "", 0));
        writer.entry(entry(FileEntry.Type.FILE, "collection-0.wt", (long) seeds.length * BLOCK));
        try (PartUpload upload = store.begin(project, part(day))) {
            byte[] segment = new byte[SegmentEncoder.maxLength(BLOCK)];
            for (int from = 0; from < seeds.length; from += 1024) {
                List<BlockId> ids = new ArrayList<>();
                List<byte[]> plains = new ArrayList<>();
                for (int i = from; i < Math.min(seeds.length, from + 1024); i++) {
                    plains.add(plain(seeds[i]));
                    ids.add(id(plains.get(plains.size() - 1)));
                    writer.block(ids.get(ids.size() - 1));
                }
                BitSet missing = upload.missing(ids);
                for (int i = missing.nextSetBit(0); i >= 0; i = missing.nextSetBit(i + 1)) {
                    int length = encoder.encode(plains.get(i), 0, BLOCK, segment, 0);
                    upload.put(ids.get(i), BLOCK, segment, 0, length);
                }
            }
            writer.finish();
            FileListReader reader = new FileListReader(new ByteArrayInputStream(list.toByteArray()), BLOCK);
            return upload.commit(reader, new ArchiveFrame(8, List.of())).newBytes();
        }
    }

    /** The rate of a day's archive by that of the control, read in turns, the best of some. */
    private double ratio(int day) {
        double mine = 0;
        double control = 0;
        for (int i = 0; i < READS; i++) {
            control = Math.max(control, rate(CONTROL, 1));
            mine = Math.max(mine, rate(PROJECT, day));
        }
        return mine / control;
    }

    /** Bytes a nanosecond of processor time. */
    private double rate(GroupId project, int day) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(512 << 10);
        Archive archive = store.open(project, part(day)).archive("12345678");
        // of this thread alone: what is read comes from the page cache, and a busy machine must not count
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try (ArchiveReader reader = archive.read(0, archive.length())) {
            while (reader.read(buffer.clear()) >= 0) {}
        }
        return (double) archive.length() / (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
    }

    /** Half of it is noise, so it deflates to a half. */
    private static byte[] plain(long seed) {
        byte[] noise = new byte[BLOCK / 2];
        new Random(seed).nextBytes(noise);
        return Arrays.copyOf(noise, BLOCK);
    }

    private static BlockId id(byte[] plain) {
        try {
            return BlockId.of(MessageDigest.getInstance("SHA-256").digest(plain), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static PartId part(int day) {
        return new PartId(String.format("60%022x", day));
    }

    private static FileEntry entry(FileEntry.Type type, String path, long size) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        return new FileEntry(type, name, 0700, 1, 2, "mongod", "mongod", 1_500_000_000, 0, size, new byte[0]);
    }

    private static void say(String name, double value) {
        System.out.printf("%s: %.2f%n", name, value);
    }
}
