package dev.holdfast.store.pack;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.format.FileStart;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The bytes of a pack around its segments; laid down in {@code docs/format.md}. */
final class PackFormat {
    static final String MAGIC = "HOLDPACK";
    static final String END = "HOLDPEND";
    static final int HEADER = FileStart.LENGTH + 12 + PackId.LENGTH + 4;
    static final int SLOT = BlockId.LENGTH + 16;
    static final int FOOTER = 24;

    private PackFormat() {}

    static ByteBuffer header(String storeId, GroupId project, PackId pack) {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        FileStart.write(header, MAGIC, storeId);
        header.put(HexFormat.of().parseHex(project.hex()));
        header.put(HexFormat.of().parseHex(pack.hex()));
        header.putInt(Checksums.crc32c(header.array(), 0, HEADER - 4));
        return header.flip();
    }

    /** Throws {@link Corruption} unless {@code found} is the header that the pack must have. */
    static void checkHeader(ByteBuffer found, String name, String storeId, GroupId project, PackId pack) {
        FileStart.check(found.duplicate(), name, MAGIC, storeId);
        int difference = header(storeId, project, pack).mismatch(found);
        if (difference >= 0) {
            throw new Corruption(name, difference, "the header is not that of pack " + pack + " of project " + project);
        }
    }
}
