package dev.holdfast.store.manifest;

import dev.holdfast.contract.agentapi.FileEntry.Type;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.archive.Extent;
import dev.holdfast.store.archive.PlanPage;
import dev.holdfast.store.archive.PlanRecord;
import dev.holdfast.store.pack.PackId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads the records of a page, whose bytes have been checked against its name. */
final class PageReader implements PlanPage {
    private final RecordSource source;
    private final int blockSize;
    private final long left;
    private final List<PackId> packs = new ArrayList<>();

    PageReader(String name, byte[] bytes, StoreDescriptor store) {
        this.source = BlobHeader.PAGE.records(name, bytes, store);
        this.blockSize = store.blockSize();
        this.left = source.u64();
    }

    @Override
    public long left() {
        return left;
    }

    @Override
    public PlanRecord next() {
        if (!source.hasMore()) {
            return null;
        }
        int tag = source.u8();
        if (tag == PageBuilder.EXTENT) {
            return extent();
        }
        if (tag == PageBuilder.HOLE) {
            return new PlanRecord.Hole(source.varint(1, Long.MAX_VALUE / blockSize));
        }
        Type type = Type.ofTag(tag);
        if (type == null) {
            throw source.corruption("a record has the unknown tag " + tag);
        }
        return new PlanRecord.Entry(EntryCodec.read(source, type));
    }

    private Extent extent() {
        PackId pack = pack(source.count(0));
        return new Extent(
                pack,
                source.count(0),
                source.count(1),
                source.varint(1, Long.MAX_VALUE),
                source.varint(1, Long.MAX_VALUE),
                source.u32(),
                source.u32());
    }

    private PackId pack(int ordinal) {
        if (ordinal == 0) {
            packs.add(new PackId(HexFormat.of().formatHex(source.raw(PackId.LENGTH))));
            return packs.get(packs.size() - 1);
        }
        if (ordinal > packs.size()) {
            throw source.corruption("an extent names pack " + ordinal + " of " + packs.size());
        }
        return packs.get(ordinal - 1);
    }
}
