package dev.holdfast.store.cipher;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.cipher.KeyWrapper.NotThatKey;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.format.FileStart;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A project's data keys, wrapped, as a file; the bytes are laid down in {@code docs/format-encryption.md}.
 *
 * @param number of the ring; the highest one counts
 * @param generations of data keys
 * @param masterKey id of the key that wraps them
 * @param bound what the wrapped keys are bound to: all bytes of the file before them
 * @param wrapped the keys
 */
record Ring(GroupId project, int number, int generations, String masterKey, byte[] bound, byte[] wrapped) {
    private static final String MAGIC = "HOLDKEYS";
    private static final int FIXED = FileStart.LENGTH + 12 + 4 + 4 + 2;

    /** Wraps {@code keys} for a project. */
    static Ring wrap(
            String storeId, GroupId project, int number, String masterKey, ProjectKeys keys, KeyWrapper wrapper) {
        byte[] id = masterKey.getBytes(StandardCharsets.US_ASCII);
        int generations = keys.dataKeys().size();
        ByteBuffer bound = ByteBuffer.allocate(FIXED + id.length);
        FileStart.write(bound, MAGIC, storeId);
        bound.put(HexFormat.of().parseHex(project.hex())).putInt(number).putInt(generations);
        bound.putShort((short) id.length).put(id);
        byte[] wrapped = wrapper.wrap(masterKey, keys.bytes(), bound.array());
        return new Ring(project, number, generations, masterKey, bound.array(), wrapped);
    }

    byte[] encode() {
        ByteBuffer file = ByteBuffer.allocate(bound.length + wrapped.length + 4);
        file.put(bound).put(wrapped);
        return file.putInt(Checksums.crc32c(file.array(), 0, file.position())).array();
    }

    /** Reads a ring; anything else than the one that the name says is {@link Corruption}. */
    static Ring decode(String name, byte[] bytes, String storeId, GroupId project, int number) {
        ByteBuffer file = ByteBuffer.wrap(bytes);
        FileStart.check(file, name, MAGIC, storeId);
        if (bytes.length < FIXED + 4) {
            throw new Corruption(name, bytes.length, "it is cut off");
        }
        byte[] id = new byte[12];
        file.get(id);
        int found = file.getInt();
        int generations = file.getInt();
        int idLength = Short.toUnsignedInt(file.getShort());
        int sealedLength = bytes.length - FIXED - idLength - 4;
        boolean fits = generations >= 1
                && idLength >= 1
                && sealedLength == KeyWrap.KEY * (1L + generations) + SegmentCipher.OVERHEAD;
        if (!fits || Checksums.crc32c(bytes, 0, bytes.length - 4) != file.getInt(bytes.length - 4)) {
            throw new Corruption(name, 0, "it does not have its length or its checksum");
        }
        if (!HexFormat.of().formatHex(id).equals(project.hex()) || found != number) {
            throw new Corruption(name, FileStart.LENGTH, "it is another project's ring, or has another number");
        }
        byte[] bound = Arrays.copyOf(bytes, FIXED + idLength);
        String masterKey = new String(bytes, FIXED, idLength, StandardCharsets.US_ASCII);
        byte[] wrapped = Arrays.copyOfRange(bytes, bound.length, bytes.length - 4);
        return new Ring(project, number, generations, masterKey, bound, wrapped);
    }

    /** The keys in it; {@code name} is for the message. */
    ProjectKeys unwrap(String name, KeyWrapper wrapper) {
        try {
            return ProjectKeys.of(wrapper.unwrap(masterKey, wrapped, bound));
        } catch (NotThatKey e) {
            // not damage, for its checksum is right: with the right key all is well, so nothing may be given up for it
            throw new Unavailable(
                    "the data keys in " + name + " were wrapped with another key than the " + masterKey + " that "
                            + wrapper.place()
                            + " has now\nHINT: is it the same key server as before, and does it have all its"
                            + " keys? Nothing is lost as long as a copy of the key is somewhere.",
                    e);
        }
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "ring " + number + " of project " + project + " (" + masterKey + ")";
    }
}
