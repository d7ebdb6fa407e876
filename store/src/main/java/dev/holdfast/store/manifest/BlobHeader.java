package dev.holdfast.store.manifest;

import dev.holdfast.store.StoreDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** What every page and root begins with: magic, version, store id. */
enum BlobHeader {
    PAGE("HFPAGE\0\0"),
    ROOT("HFROOT\0\0");

    private static final int VERSION = 1;

    private final byte[] magic;

    BlobHeader(String magic) {
        this.magic = magic.getBytes(StandardCharsets.US_ASCII);
    }

    void write(RecordSink sink, StoreDescriptor store) {
        sink.raw(magic).u32(VERSION).raw(HexFormat.of().parseHex(store.storeId()));
    }

    void require(RecordSource source, StoreDescriptor store) {
        if (!Arrays.equals(source.raw(magic.length), magic)) {
            throw source.corruption("it is not a manifest's " + name().toLowerCase(java.util.Locale.ROOT));
        }
        int version = source.u32();
        if (version != VERSION) {
            throw source.corruption("it has version " + version + ", and this Holdfast reads " + VERSION);
        }
        String storeId = HexFormat.of().formatHex(source.raw(16));
        if (!storeId.equals(store.storeId())) {
            throw source.corruption("it belongs to store " + storeId + ", not to " + store.storeId());
        }
    }
}
