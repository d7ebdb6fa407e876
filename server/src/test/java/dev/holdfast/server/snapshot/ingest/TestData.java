package dev.holdfast.server.snapshot.ingest;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.agentapi.FileEntry.Type;
import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.agentapi.FileListWriter;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.contract.segment.SegmentLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A small data directory as an agent sends it: ids, frames and a file list. */
final class TestData {
    static final int BLOCK_SIZE = 4096;

    /** Plain bytes by block id, in file order. */
    final Map<BlockId, byte[]> blocks = new LinkedHashMap<>();

    final byte[] fileList;

    /** Two files of random bytes (of {@code seed}), one of zeros, one empty. */
    TestData(long seed) {
        byte[] random = new byte[3 * BLOCK_SIZE + 100];
        new Random(seed).nextBytes(random);
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        try {
            FileListWriter writer = new FileListWriter(list, BLOCK_SIZE);
            writer.entry(entry(Type.DIRECTORY, "", 0));
            file(writer, "WiredTiger.wt", random);
            file(writer, "config.ns", Arrays.copyOf(random, 10));
            file(writer, "empty", new byte[0]);
            file(writer, "journal", new byte[2 * BLOCK_SIZE]);
            writer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        fileList = list.toByteArray();
    }

    /** A file list of a directory with {@code count} empty files. */
    static byte[] manyEmptyFiles(int count) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        try {
            FileListWriter writer = new FileListWriter(list, BLOCK_SIZE);
            writer.entry(entry(Type.DIRECTORY, "", 0));
            for (int i = 0; i < count; i++) {
                writer.entry(entry(Type.FILE, String.format("collection-%08d.wt", i), 0));
            }
            writer.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return list.toByteArray();
    }

    /** The body of an offer. */
    byte[] offer() {
        ByteBuffer ids = ByteBuffer.allocate(blocks.size() * BlockId.LENGTH);
        blocks.keySet().forEach(id -> id.write(ids));
        return ids.array();
    }

    /** The body of a request with every block. */
    byte[] frames() {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        blocks.forEach((id, plain) -> frames.writeBytes(frame(id, plain)));
        return frames.toByteArray();
    }

    static byte[] frame(BlockId id, byte[] plain) {
        byte[] segment = new byte[SegmentEncoder.maxLength(plain.length)];
        int length = new SegmentEncoder(SegmentLevel.FAST).encode(plain, 0, plain.length, segment, 0);
        return frame(id, plain.length, length, Arrays.copyOf(segment, length));
    }

    static byte[] frame(BlockId id, int plainLength, int storedLength, byte[] segment) {
        ByteBuffer frame = ByteBuffer.allocate(40 + segment.length);
        id.write(frame);
        return frame.putInt(plainLength).putInt(storedLength).put(segment).array();
    }

    static BlockId idOf(byte[] plain) {
        try {
            return BlockId.of(MessageDigest.getInstance("SHA-256").digest(plain), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static FileEntry entry(Type type, String path, long size) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        int mode = type == Type.DIRECTORY ? 0755 : 0644;
        return new FileEntry(type, name, mode, 999, 999, "mongodb", "mongodb", 1456098690, 0, size, new byte[0]);
    }

    private void file(FileListWriter writer, String path, byte[] content) throws IOException {
        writer.entry(entry(Type.FILE, path, content.length));
        for (int at = 0; at < content.length; at += BLOCK_SIZE) {
            byte[] block = Arrays.copyOfRange(content, at, Math.min(content.length, at + BLOCK_SIZE));
            if (Arrays.equals(block, new byte[BLOCK_SIZE])) {
                writer.block(FileListReader.ZERO_BLOCK);
            } else {
                blocks.put(idOf(block), block);
                writer.block(idOf(block));
            }
        }
    }
}
