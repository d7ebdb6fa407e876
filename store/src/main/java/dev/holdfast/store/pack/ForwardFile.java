package dev.holdfast.store.pack;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.NoSuchBlob;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.format.ExactRead;
import dev.holdfast.store.format.FileStart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A forwarding record as a blob; laid down in {@code docs/format.md}. */
public final class ForwardFile {
    private static final String MAGIC = "HOLDFWRD";
    private static final int FIXED = FileStart.LENGTH + 12 + PackId.LENGTH + 12;
    private static final int RUN = 24;

    private ForwardFile() {}

    /** Writes a record and makes it durable; the same one may be written twice. */
    public static void write(BlobStore blobs, String storeId, Forward forward) {
        String name = ForwardNames.name(forward.project(), forward.from());
        byte[] bytes = encode(storeId, forward);
        try {
            blobs.put(name, bytes);
        } catch (BlobExists e) {
            try (BlobReader blob = blobs.open(name)) {
                if (!ByteBuffer.wrap(bytes).equals(ExactRead.of(blob, name, 0, (int) blob.size()))) {
                    throw new Corruption(name, 0, "there is another record for the same pack already");
                }
            }
        }
    }

    /**
     * Reads the record of a pack; empty if there is none.
     *
     * @throws Corruption if it is damaged, or another pack's
     */
    public static Optional<Forward> read(BlobStore blobs, String storeId, GroupId project, PackId pack) {
        String name = ForwardNames.name(project, pack);
        try (BlobReader blob = blobs.open(name)) {
            return Optional.of(read(blob, name, storeId, project, pack));
        } catch (NoSuchBlob e) {
            return Optional.empty();
        }
    }

    /** Reads the record of a pack; {@link Corruption} if it is damaged, or another pack's. */
    public static Forward read(BlobReader blob, String name, String storeId, GroupId project, PackId pack) {
        if (blob.size() > Integer.MAX_VALUE - 8) {
            throw new Corruption(name, 0, "it has " + blob.size() + " bytes, more than a record can have");
        }
        return decode(ExactRead.of(blob, name, 0, (int) blob.size()), name, storeId, project, pack);
    }

    private static byte[] encode(String storeId, Forward forward) {
        List<PackId> packs = forward.packs();
        List<Forward.Run> runs = forward.runs();
        ByteBuffer bytes = ByteBuffer.allocate(FIXED + packs.size() * PackId.LENGTH + runs.size() * RUN + 4);
        FileStart.write(bytes, MAGIC, storeId);
        bytes.put(raw(forward.project().hex())).put(raw(forward.from().hex()));
        bytes.putInt(forward.slots()).putInt(packs.size()).putInt(runs.size());
        packs.forEach(pack -> bytes.put(raw(pack.hex())));
        for (Forward.Run run : runs) {
            bytes.putInt(run.firstSlot()).putInt(run.slots()).putLong(run.offset());
            bytes.putInt(packs.indexOf(run.pack())).putInt(run.target());
        }
        bytes.putInt(Checksums.crc32c(bytes.array(), 0, bytes.position()));
        return bytes.array();
    }

    private static Forward decode(ByteBuffer bytes, String name, String storeId, GroupId project, PackId from) {
        int length = bytes.limit();
        FileStart.check(bytes, name, MAGIC, storeId);
        if (length < FIXED + 4 || Checksums.crc32c(bytes.array(), 0, length - 4) != bytes.getInt(length - 4)) {
            throw new Corruption(name, 0, "it does not have its checksum");
        }
        boolean ours =
                hex(bytes, 12).equals(project.hex()) & hex(bytes, PackId.LENGTH).equals(from.hex());
        int slots = bytes.getInt();
        int packCount = bytes.getInt();
        int runCount = bytes.getInt();
        boolean fits = packCount >= 0
                && runCount >= 0
                && length == FIXED + (long) packCount * PackId.LENGTH + (long) runCount * RUN + 4;
        if (!ours || !fits) {
            throw new Corruption(name, FileStart.LENGTH, "it is not the record of pack " + from + " of " + project);
        }
        List<PackId> packs = new ArrayList<>();
        for (int i = 0; i < packCount; i++) {
            packs.add(new PackId(hex(bytes, PackId.LENGTH)));
        }
        List<Forward.Run> runs = new ArrayList<>();
        try {
            for (int i = 0; i < runCount; i++) {
                int first = bytes.getInt();
                int count = bytes.getInt();
                long offset = bytes.getLong();
                PackId pack = packs.get(bytes.getInt());
                runs.add(new Forward.Run(first, count, offset, pack, bytes.getInt()));
            }
            return Forward.of(project, from, slots, runs);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            Corruption impossible = new Corruption(name, FIXED, e.getMessage());
            impossible.initCause(e);
            throw impossible;
        }
    }

    private static byte[] raw(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(ByteBuffer bytes, int length) {
        byte[] raw = new byte[length];
        bytes.get(raw);
        return HexFormat.of().formatHex(raw);
    }
}
