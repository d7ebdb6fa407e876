package dev.holdfast.store.manifest;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.ArchiveFrame.ExtraFile;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.format.Checksums;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A root as bytes and back. */
final class RootCodec {
    private static final int CHECK = Integer.BYTES;
    private static final int ID = 12;

    private RootCodec() {}

    static byte[] encode(Root root, StoreDescriptor store) {
        RecordSink sink = new RecordSink();
        BlobHeader.ROOT.write(sink, store);
        sink.raw(HexFormat.of().parseHex(root.project().hex()));
        sink.raw(HexFormat.of().parseHex(root.part().hex()));
        sink.u32(store.blockSize()).u16(root.topFolderLength());
        EntryCodec.write(sink, root.top());
        sink.u16(root.extras().size());
        for (ExtraFile extra : root.extras()) {
            sink.bytes(extra.name().getBytes(StandardCharsets.UTF_8))
                    .varint(extra.mode())
                    .bytes(extra.content());
        }
        sink.u32(root.rows().count()).raw(root.rows().bytes()).u64(root.tailOffset());
        PartSummary summary = root.summary();
        sink.u64(summary.files())
                .u64(summary.plainBytes())
                .u64(summary.storedBytes())
                .u64(summary.newBytes())
                .u64(summary.archiveBytes())
                .u64(root.tarBytes());
        return sink.u32(Checksums.crc32c(sink.bytes(), 0, sink.size())).bytes();
    }

    /** Decodes the root of {@code part}; anything else is {@link Corruption} of the blob {@code name}. */
    static Root decode(String name, byte[] bytes, StoreDescriptor store, GroupId project, PartId part) {
        RecordSource source = BlobHeader.ROOT.records(name, bytes, store);
        int end = bytes.length - CHECK;
        if (Checksums.crc32c(bytes, 0, end) != ByteBuffer.wrap(bytes).getInt(end)) {
            throw new Corruption(name, 0, "its checksum is wrong");
        }
        requireId(source, project.hex());
        requireId(source, part.hex());
        int blockSize = source.u32();
        if (blockSize != store.blockSize()) {
            throw source.corruption("it is for blocks of " + blockSize + " bytes, the store has " + store.blockSize());
        }
        int topFolderLength = source.u16();
        if (source.u8() != FileEntry.Type.DIRECTORY.tag()) {
            throw source.corruption("it does not begin with a directory");
        }
        FileEntry top = EntryCodec.read(source, FileEntry.Type.DIRECTORY);
        List<ExtraFile> extras = extras(source);
        PageRows rows = rows(source, bytes.length);
        long tailOffset = source.u64();
        PartSummary summary = new PartSummary(source.u64(), source.u64(), source.u64(), source.u64(), source.u64());
        long tarBytes = source.u64();
        if (source.position() != end) {
            throw source.corruption("it goes on after its end");
        }
        return new Root(project, part, topFolderLength, top, extras, rows, tailOffset, tarBytes, summary);
    }

    private static void requireId(RecordSource source, String expected) {
        String id = HexFormat.of().formatHex(source.raw(ID));
        if (!id.equals(expected)) {
            throw source.corruption("it bears the id " + id + ", not " + expected);
        }
    }

    private static List<ExtraFile> extras(RecordSource source) {
        int count = source.u16();
        List<ExtraFile> extras = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = new String(source.bytes(), StandardCharsets.UTF_8);
            extras.add(new ExtraFile(name, (int) source.varint(0, 07777), source.bytes()));
        }
        return extras;
    }

    private static PageRows rows(RecordSource source, int atMost) {
        int count = source.u32();
        if (count < 0 || count > atMost / PageRow.BYTES) {
            throw source.corruption("it cannot have " + count + " pages");
        }
        return new PageRows(source.raw(count * PageRow.BYTES));
    }
}
