package dev.holdfast.store.blob.memory;

import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobStoreContract;
import java.time.Clock;

class MemoryBlobStoreTest extends BlobStoreContract {
    @Override
    protected BlobStore make() {
        return new MemoryBlobStore(Clock.systemUTC());
    }
}
