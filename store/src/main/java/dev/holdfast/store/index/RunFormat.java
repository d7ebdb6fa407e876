package dev.holdfast.store.index;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.format.FileStart;
import dev.holdfast.store.pack.PackId;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/** Sizes and header of a run; laid down in {@code docs/format.md}. */
final class RunFormat {
    static final String MAGIC = "HOLDIRUN";
    static final int ENTRY = BlockId.LENGTH + 8;
    static final int PAGE_ENTRIES = 100;
    static final int PAGE = PAGE_ENTRIES * ENTRY + 4;
    static final int RUN_ID = 16;
    static final int FIXED = FileStart.LENGTH + 12 + RUN_ID + 12;

    private RunFormat() {}

    static int headerLength(int packs) {
        return FIXED + packs * PackId.LENGTH + 4;
    }

    static long pages(long entries) {
        return (entries + PAGE_ENTRIES - 1) / PAGE_ENTRIES;
    }

    static long length(int packs, long entries) {
        return fences(packs, entries) + pages(entries) * BlockId.LENGTH + 4;
    }

    /** Where the fences begin. */
    static long fences(int packs, long entries) {
        return headerLength(packs) + entries * ENTRY + pages(entries) * 4;
    }

    static ByteBuffer header(String storeId, GroupId project, String run, List<PackId> packs, long entries) {
        ByteBuffer header = ByteBuffer.allocate(headerLength(packs.size()));
        FileStart.write(header, MAGIC, storeId);
        header.put(HexFormat.of().parseHex(project.hex())).put(HexFormat.of().parseHex(run));
        header.putInt(packs.size()).putLong(entries);
        for (PackId pack : packs) {
            header.put(HexFormat.of().parseHex(pack.hex()));
        }
        header.putInt(Checksums.crc32c(header.array(), 0, header.position()));
        return header.flip();
    }
}
