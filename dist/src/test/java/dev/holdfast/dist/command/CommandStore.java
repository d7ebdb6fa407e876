package dev.holdfast.dist.command;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.agentapi.FileListWriter;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.blob.disk.DiskBlobStore;
import dev.holdfast.store.packed.PackedSnapshotStore;
import dev.holdfast.store.packed.StoreSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The store of a data directory, filled without a server. Blocks are noise, known by a number. */
final class CommandStore {
    static final GroupId PROJECT = new GroupId("5f0000000000000000000001");
    private static final int BLOCK = 64 << 10;

    private final Path data;

    CommandStore(Path data) {
        this.data = data;
    }

    Path files() {
        return data.resolve("store");
    }

    static PartId part(int number) {
        return new PartId(String.format("60%022x", number));
    }

    void commit(int part, int... blocks) throws Exception {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        use(store -> {
            try (PartUpload upload = store.begin(PROJECT, part(part))) {
                FileListWriter writer = new FileListWriter(list, BLOCK);
                writer.entry(entry(FileEntry.Type.DIRECTORY, "", 0));
                writer.entry(entry(FileEntry.Type.FILE, "file", (long) blocks.length * BLOCK));
                for (int block : blocks) {
                    byte[] plain = new byte[BLOCK];
                    new Random(block).nextBytes(plain);
                    BlockId id = id(plain);
                    byte[] segment = new byte[SegmentEncoder.maxLength(BLOCK)];
                    int length = new SegmentEncoder(SegmentLevel.FAST).encode(plain, 0, BLOCK, segment, 0);
                    upload.put(id, BLOCK, segment, 0, length);
                    writer.block(id);
                }
                writer.finish();
                FileListReader reader = new FileListReader(new ByteArrayInputStream(list.toByteArray()), BLOCK);
                var unused = upload.commit(reader, new ArchiveFrame(8, List.of()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    void forget(int part) throws Exception {
        use(store -> store.forget(PROJECT, part(part)));
    }

    private void use(Consumer<PackedSnapshotStore> work) throws Exception {
        Files.createDirectories(files());
        try (DiskBlobStore blobs = DiskBlobStore.open(files(), Clock.systemUTC());
                PackedSnapshotStore store =
                        PackedSnapshotStore.openOrCreate(blobs, StoreSettings.DEFAULT, new Random())) {
            work.accept(store);
        }
    }

    /** Makes every file of the store two days old. */
    void age() throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        for (Path file : list("")) {
            Files.setLastModifiedTime(file, old);
        }
    }

    /** Files in a folder of the store, at any depth. */
    List<Path> list(String folder) throws IOException {
        Path root = files().resolve(folder);
        if (Files.notExists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static FileEntry entry(FileEntry.Type type, String path, long size) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        return new FileEntry(type, name, 0700, 1, 2, "mongod", "mongod", 1_500_000_000, 0, size, new byte[0]);
    }

    private static BlockId id(byte[] plain) {
        try {
            return BlockId.of(MessageDigest.getInstance("SHA-256").digest(plain), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
