package dev.holdfast.store.cipher;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.format.FileStart;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Says with which master key new rings are wrapped.
 *
 * @param number of the record; the highest one counts
 * @param masterKey id of the key
 */
record MasterRecord(int number, String masterKey) {
    private static final String MAGIC = "HOLDMSTR";
    private static final int FIXED = FileStart.LENGTH + 4 + 2;

    byte[] encode(String storeId) {
        byte[] id = masterKey.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file = ByteBuffer.allocate(FIXED + id.length + 4);
        FileStart.write(file, MAGIC, storeId);
        file.putInt(number).putShort((short) id.length).put(id);
        return file.putInt(Checksums.crc32c(file.array(), 0, file.position())).array();
    }

    static MasterRecord decode(String name, byte[] bytes, String storeId, int number) {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        FileStart.check(file, name, MAGIC, storeId);
        boolean whole = bytes.length > FIXED + 4
                && Short.toUnsignedInt(file.getShort(FIXED - 2)) == bytes.length - FIXED - 4
                && Checksums.crc32c(bytes, 0, bytes.length - 4) == file.getInt(bytes.length - 4);
        if (!whole || file.getInt() != number) {
            throw new Corruption(name, 0, "it does not have its length, its number or its checksum");
        }
        return new MasterRecord(number, new String(bytes, FIXED, bytes.length - FIXED - 4, StandardCharsets.US_ASCII));
    }
}
