package dev.holdfast.store.manifest;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.archive.Extent;
import dev.holdfast.store.archive.StretchMeter;
import dev.holdfast.store.pack.PackId;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Collects the records of one page after the other, and measures the stretch of archive that each gives. */
final class PageBuilder {
    static final int EXTENT = 'X';
    static final int HOLE = 'Z';

    /** A page of so many bytes takes no further record. */
    static final int FULL = 256 << 10;

    /** No page is longer: the last record of a full one is an entry with two paths at most. */
    static final int MAX = 1 << 20;

    private final StoreDescriptor store;
    private final StretchMeter meter;
    private final RecordSink sink = new RecordSink();
    private final Map<PackId, Integer> packs = new HashMap<>();
    private boolean empty;

    PageBuilder(StoreDescriptor store, int topFolderLength) {
        this.store = store;
        this.meter = new StretchMeter(topFolderLength, store.zeroSegment().length, store.blockSize());
        begin(0);
    }

    /** Begins a page with so many bytes to come of the file before. */
    void begin(long leftOfFile) {
        sink.clear();
        packs.clear();
        empty = true;
        BlobHeader.PAGE.write(sink, store);
        sink.u64(leftOfFile);
        meter.begin(leftOfFile);
    }

    void entry(FileEntry entry) {
        EntryCodec.write(sink, entry);
        meter.entry(entry);
        empty = false;
    }

    void extent(Extent extent) {
        sink.u8(EXTENT);
        Integer known = packs.putIfAbsent(extent.pack(), packs.size() + 1);
        if (known == null) {
            sink.varint(0).raw(HexFormat.of().parseHex(extent.pack().hex()));
        } else {
            sink.varint(known);
        }
        sink.varint(extent.firstSlot())
                .varint(extent.slots())
                .varint(extent.plainBytes())
                .varint(extent.storedBytes())
                .u32(extent.plainCrc32())
                .u32(extent.storedCrc32c());
        meter.extent(extent);
        empty = false;
    }

    void hole(long blocks) {
        sink.u8(HOLE).varint(blocks);
        meter.hole(blocks);
        empty = false;
    }

    boolean isEmpty() {
        return empty;
    }

    boolean isFull() {
        return sink.size() >= FULL;
    }

    /** Ends the page. */
    byte[] end() {
        meter.end();
        return sink.bytes();
    }

    /** Bytes of archive of the page, once it has ended. */
    long archiveBytes() {
        return meter.archiveBytes();
    }

    /** Bytes of tar of the page, once it has ended. */
    long tarBytes() {
        return meter.tarBytes();
    }
}
