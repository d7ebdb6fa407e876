package dev.holdfast.store.manifest;

import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.format.FileStart;
import java.nio.ByteBuffer;

/** How pages and roots begin. */
enum BlobHeader {
    PAGE("HOLDPAGE"),
    ROOT("HOLDROOT");

    private final String magic;

    BlobHeader(String magic) {
        this.magic = magic;
    }

    void write(RecordSink sink, StoreDescriptor store) {
        ByteBuffer start = ByteBuffer.allocate(FileStart.LENGTH);
        FileStart.write(start, magic, store.storeId());
        sink.raw(start.array());
    }

    /** The records behind the start of a blob, which must be one of this kind and of this store. */
    RecordSource records(String name, byte[] bytes, StoreDescriptor store) {
        FileStart.check(ByteBuffer.wrap(bytes), name, magic, store.storeId());
        return new RecordSource(name, bytes, FileStart.LENGTH);
    }
}
