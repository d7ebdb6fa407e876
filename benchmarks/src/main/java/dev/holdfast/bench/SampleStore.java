package dev.holdfast.bench;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.agentapi.FileListWriter;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.disk.DiskBlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.List;
import java.util.Random;

/** A store on the disk with one part of sample pages in it, taken in as from an agent. */
final class SampleStore implements AutoCloseable {
    private static final int FILES = 16;
    private static final String TOP_FOLDER = "sample-0";

    private final DiskBlobStore blobs;
    private final PackedSnapshotStore store;
    private final Archive archive;

    private SampleStore(DiskBlobStore blobs, PackedSnapshotStore store, Archive archive) {
        this.blobs = blobs;
        this.store = store;
        this.archive = archive;
    }

    /** Makes a store in the empty directory {@code root} with {@code bytes} of files, a multiple of 16 blocks. */
    static SampleStore create(Path root, int bytes) throws IOException {
        Random random = new Random(11);
        ObjectIds ids = new ObjectIds(Clock.systemUTC(), random);
        DiskBlobStore blobs = DiskBlobStore.open(root, Clock.systemUTC());
        PackedSnapshotStore store = PackedSnapshotStore.create(blobs, StoreSettings.DEFAULT, random);
        GroupId project = new GroupId(ids.next());
        PartId part = new PartId(ids.next());
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        try (PartUpload upload = store.begin(project, part)) {
            fill(upload, new FileListWriter(list, store.blockSize()), store.blockSize(), bytes / FILES);
            upload.commit(
                    new FileListReader(new ByteArrayInputStream(list.toByteArray()), store.blockSize()),
                    new ArchiveFrame(TOP_FOLDER.length(), List.of()));
        }
        return new SampleStore(blobs, store, store.open(project, part).archive(TOP_FOLDER));
    }

    /** The part's archive. */
    Archive archive() {
        return archive;
    }

    @Override
    public void close() {
        store.close();
        blobs.close();
    }

    private static void fill(PartUpload upload, FileListWriter list, int blockSize, int fileBytes) throws IOException {
        SamplePages pages = new SamplePages(7);
        SegmentEncoder encoder = new SegmentEncoder(SegmentLevel.FAST);
        byte[] segment = new byte[SegmentEncoder.maxLength(blockSize)];
        list.entry(entry(FileEntry.Type.DIRECTORY, "", 0));
        for (int file = 0; file < FILES; file++) {
            list.entry(entry(FileEntry.Type.FILE, String.format("collection-%02d.wt", file), fileBytes));
            for (int at = 0; at < fileBytes; at += blockSize) {
                byte[] plain = pages.next(blockSize);
                BlockId block = BlockId.of(sha256(plain), 0);
                upload.put(block, blockSize, segment, 0, encoder.encode(plain, 0, blockSize, segment, 0));
                list.block(block);
            }
        }
        list.finish();
    }

    private static FileEntry entry(FileEntry.Type type, String path, long size) {
        byte[] name = path.getBytes(StandardCharsets.US_ASCII);
        int mode = type == FileEntry.Type.FILE ? 0600 : 0700;
        return new FileEntry(type, name, mode, 1, 1, "mongod", "mongod", 1_456_098_701, 0, size, new byte[0]);
    }

    private static byte[] sha256(byte[] plain) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(plain);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
