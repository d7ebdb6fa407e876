package dev.holdfast.store.testing;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.agentapi.FileListReader;
import dev.holdfast.contract.agentapi.FileListWriter;
import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.PartUpload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an agent does, on files in memory: cut, offer, encode, put, commit. */
public final class TestCapture {
    /** A frame with no extras and a folder of 8 bytes. */
    public static final ArchiveFrame FRAME = new ArchiveFrame(8, List.of());

    private final int blockSize;
    private final SortedMap<String, byte[]> files;
    private final SegmentEncoder encoder = new SegmentEncoder(SegmentLevel.FAST);

    /** A capture of {@code files}, by path. */
    public TestCapture(int blockSize, Map<String, byte[]> files) {
        this.blockSize = blockSize;
        // archive order: a slash comes before every other byte
        this.files = new TreeMap<>(Comparator.comparing((String path) -> path.replace('/', '\0')));
        this.files.putAll(files);
    }

    /** A block: its id and its plain bytes. */
    public record Block(BlockId id, byte[] plain) {}

    /** Offers all blocks, puts the missing ones, commits. */
    public PartSummary into(PartUpload upload) throws IOException {
        putMissing(upload);
        return commit(upload);
    }

    /** Offers all blocks and puts those that are missing; answers how many were new. */
    public int putMissing(PartUpload upload) {
        List<Block> blocks = blocks();
        BitSet missing = upload.missing(blocks.stream().map(Block::id).toList());
        int stored = 0;
        for (int i = missing.nextSetBit(0); i >= 0; i = missing.nextSetBit(i + 1)) {
            stored += put(upload, blocks.get(i)) ? 1 : 0;
        }
        return stored;
    }

    /** Puts one block. */
    public boolean put(PartUpload upload, Block block) {
        byte[] segment = segment(block.plain());
        return upload.put(block.id(), block.plain().length, segment, 0, segment.length);
    }

    /** The segment of a block. */
    public byte[] segment(byte[] plain) {
        byte[] target = new byte[SegmentEncoder.maxLength(plain.length)];
        return Arrays.copyOf(target, encoder.encode(plain, 0, plain.length, target, 0));
    }

    /** Commits the file list. */
    public PartSummary commit(PartUpload upload) throws IOException {
        return upload.commit(list(), FRAME);
    }

    /** The file list. */
    public FileListReader list() throws IOException {
        return new FileListReader(new ByteArrayInputStream(listBytes()), blockSize);
    }

    /** The file list as it is sent. */
    public byte[] listBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FileListWriter list = new FileListWriter(bytes, blockSize);
        list.entry(entry(FileEntry.Type.DIRECTORY, "", 0));
        Set<String> folders = new HashSet<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String path = file.getKey();
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                String folder = path.substring(0, slash);
                if (folders.add(folder)) {
                    list.entry(entry(FileEntry.Type.DIRECTORY, folder, 0));
                }
            }
            list.entry(entry(FileEntry.Type.FILE, file.getKey(), file.getValue().length));
            for (Block block : blocks(file.getValue())) {
                list.block(block.id());
            }
        }
        list.finish();
        return bytes.toByteArray();
    }

    /** All blocks in file order, full ones of zeros as {@link FileListReader#ZERO_BLOCK}. */
    public List<Block> blocks() {
        List<Block> all = new ArrayList<>();
        files.values().forEach(content -> all.addAll(blocks(content)));
        return all;
    }

    private List<Block> blocks(byte[] content) {
        List<Block> blocks = new ArrayList<>();
        for (int from = 0; from < content.length; from += blockSize) {
            byte[] plain = Arrays.copyOfRange(content, from, Math.min(content.length, from + blockSize));
            boolean zero = Arrays.equals(plain, new byte[blockSize]);
            blocks.add(new Block(zero ? FileListReader.ZERO_BLOCK : id(plain), plain));
        }
        return blocks;
    }

    /** The id of a block. */
    public static BlockId id(byte[] plain) {
        try {
            return BlockId.of(MessageDigest.getInstance("SHA-256").digest(plain), 0);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static FileEntry entry(FileEntry.Type type, String path, long size) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        int mode = type == FileEntry.Type.FILE ? 0600 : 0700;
        return new FileEntry(type, name, mode, 1, 2, "mongod", "mongod", 1_500_000_000, 0, size, new byte[0]);
    }
}
