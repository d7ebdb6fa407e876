package dev.holdfast.store.pack;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.format.ExactRead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what is around the segments of a pack, and believes nothing that does not add up. */
public final class PackFile {
    private static final byte[] END = PackFormat.END.getBytes(StandardCharsets.US_ASCII);

    private PackFile() {}

    /**
     * Reads header and index of a pack.
     *
     * @throws Corruption if they are not those of this pack, or do not fit the size of the blob
     */
    public static PackIndex read(BlobReader blob, String name, String storeId, GroupId project, PackId pack) {
        PackFormat.checkHeader(ExactRead.of(blob, name, 0, PackFormat.HEADER), name, storeId, project, pack);
        return readIndex(blob, name);
    }

    /**
     * As {@link #read}, of a pack whose header may be damaged. For repair: the header has nothing that the name has not.
     *
     * @throws Corruption if the index is damaged, or does not fit the size of the blob
     */
    public static PackIndex readIndex(BlobReader blob, String name) {
        long at = blob.size() - PackFormat.FOOTER;
        ByteBuffer footer = ExactRead.of(blob, name, Math.max(0, at), PackFormat.FOOTER);
        long index = footer.getLong(0);
        int count = footer.getInt(8);
        if (count < 1 || index != at - (long) count * PackFormat.SLOT || index < PackFormat.HEADER) {
            throw new Corruption(name, at, "the footer does not fit a pack of " + blob.size() + " bytes");
        }
        if (!Arrays.equals(footer.array(), 16, 24, END, 0, 8)) {
            throw new Corruption(name, at + 16, "the footer does not end with " + PackFormat.END);
        }
        long length = (long) count * PackFormat.SLOT;
        if (length > Integer.MAX_VALUE - PackFormat.FOOTER) {
            throw new Corruption(name, at + 8, "it has " + count + " slots, more than a pack can have");
        }
        return table(ExactRead.of(blob, name, index, (int) length + 12).array(), count, footer.getInt(12), name, index);
    }

    private static SlotTable table(byte[] slots, int count, int crc, String name, long index) {
        if (Checksums.crc32c(slots, 0, slots.length) != crc) {
            throw new Corruption(name, index, "the index does not have its checksum");
        }
        SlotTable table;
        try {
            table = new SlotTable(slots, count);
        } catch (ArithmeticException e) {
            throw new Corruption(name, index, "the index has an impossible length: " + e.getMessage());
        }
        if (table.end() != index) {
            throw new Corruption(name, index, "the index is for segments that end at " + table.end());
        }
        return table;
    }
}
