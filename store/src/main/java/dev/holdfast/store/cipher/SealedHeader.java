package dev.holdfast.store.cipher;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.format.ExactRead;
import dev.holdfast.store.format.FileStart;
import java.nio.ByteBuffer;

/**
 * What a sealed file begins with.
 *
 * @param generation of the data key
 * @param frame plain bytes of a frame, 0 in a pack
 * @param bytes as they stand in the file
 */
record SealedHeader(int generation, int frame, byte[] bytes) {
    static final int LENGTH = FileStart.LENGTH + 8;

    private static final int MOST = 1 << 20;

    static SealedHeader make(SealedKind kind, String storeId, int generation) {
        ByteBuffer header = ByteBuffer.allocate(LENGTH);
        FileStart.write(header, kind.magic(), FileStart.SEALED_VERSION, storeId);
        header.putInt(generation).putInt(kind.frame());
        return new SealedHeader(generation, kind.frame(), header.array());
    }

    /** Reads the header of {@code raw}; what is in it is proved by the first tag only. */
    static SealedHeader read(BlobReader raw, String name, SealedKind kind, String storeId) {
        ByteBuffer header = ExactRead.of(raw, name, 0, LENGTH);
        FileStart.check(header, name, kind.magic(), FileStart.SEALED_VERSION, storeId);
        int generation = header.getInt();
        int frame = header.getInt();
        boolean framed = kind == SealedKind.PACK ? frame == 0 : frame > 0 && frame <= MOST;
        if (!framed) {
            throw new Corruption(name, FileStart.LENGTH + 4, "it cannot have frames of " + frame + " bytes");
        }
        return new SealedHeader(generation, frame, header.array());
    }
}
