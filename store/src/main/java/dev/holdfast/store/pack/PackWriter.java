package dev.holdfast.store.pack;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobWriter;
import dev.holdfast.store.format.Checksums;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A pack being written, by one thread at a time. It exists once it is sealed; closing it before leaves nothing. */
public final class PackWriter implements AutoCloseable {
    private final PackId id;
    private final BlobWriter blob;
    private byte[] slots = new byte[256 * PackFormat.SLOT];
    private int count;

    private PackWriter(PackId id, BlobWriter blob) {
        this.id = id;
        this.blob = blob;
    }

    /** Begins the pack {@code id} of a project. */
    public static PackWriter begin(BlobStore blobs, String storeId, GroupId project, PackId id) {
        return begin(new PackWriter(id, blobs.create(PackNames.name(project, id))), storeId, project, id);
    }

    /** Begins a pack that takes the place of a damaged one when it is sealed; see {@link BlobStore#replacement}. */
    public static PackWriter replace(BlobStore blobs, String storeId, GroupId project, PackId id) {
        return begin(new PackWriter(id, blobs.replacement(PackNames.name(project, id))), storeId, project, id);
    }

    private static PackWriter begin(PackWriter pack, String storeId, GroupId project, PackId id) {
        try {
            pack.blob.write(PackFormat.header(storeId, project, id));
            return pack;
        } catch (RuntimeException e) {
            pack.close();
            throw e;
        }
    }

    /**
     * Appends a segment, which must have been checked against its block.
     *
     * @param plainCrc32 CRC-32 of the block's plain bytes
     */
    public void append(BlockId block, int plainLength, int plainCrc32, byte[] bytes, int offset, int length) {
        blob.write(ByteBuffer.wrap(bytes, offset, length));
        if ((count + 1) * PackFormat.SLOT > slots.length) {
            slots = Arrays.copyOf(slots, slots.length * 2);
        }
        ByteBuffer slot = ByteBuffer.wrap(slots, count * PackFormat.SLOT, PackFormat.SLOT);
        block.write(slot);
        slot.putInt(length).putInt(plainLength).putInt(plainCrc32);
        slot.putInt(Checksums.crc32c(bytes, offset, length));
        count++;
    }

    /** Its id. */
    public PackId id() {
        return id;
    }

    /** Bytes so far. */
    public long size() {
        return blob.position();
    }

    /** Whether no segment was appended; an empty pack is not sealed but closed. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** Blocks appended so far. */
    public int slots() {
        return count;
    }

    /** Writes index and footer and makes the pack durable; answers what it holds. */
    public PackIndex seal() {
        if (isEmpty()) {
            throw new IllegalStateException("pack " + id + " has no segment");
        }
        SlotTable table = new SlotTable(slots, count);
        int length = count * PackFormat.SLOT;
        byte[] tail = Arrays.copyOf(slots, length + PackFormat.FOOTER);
        ByteBuffer footer = ByteBuffer.wrap(tail, length, PackFormat.FOOTER);
        footer.putLong(table.end()).putInt(count);
        footer.putInt(Checksums.crc32c(tail, 0, length + 12));
        footer.put(PackFormat.END.getBytes(StandardCharsets.US_ASCII));
        blob.write(ByteBuffer.wrap(tail));
        blob.commit();
        return table;
    }

    @Override
    public void close() {
        blob.close();
    }
}
