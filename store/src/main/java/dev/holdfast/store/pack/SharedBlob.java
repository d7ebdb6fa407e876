package dev.holdfast.store.pack;

import dev.holdfast.store.blob.BlobReader;
import java.nio.ByteBuffer;

/** An open blob that many use and one may drop: it is really closed when the last read in progress has ended. */
final class SharedBlob {
    private final BlobReader blob;
    private int reading;
    private boolean dropped;

    SharedBlob(BlobReader blob) {
        this.blob = blob;
    }

    long size() {
        return blob.size();
    }

    /** Reads, or answers -1 if it was dropped before. */
    int read(long position, ByteBuffer target) {
        synchronized (this) {
            if (dropped) {
                return -1;
            }
            reading++;
        }
        try {
            return blob.read(position, target);
        } finally {
            leave();
        }
    }

    synchronized void drop() {
        if (!dropped) {
            dropped = true;
            if (reading == 0) {
                blob.close();
            }
        }
    }

    private synchronized void leave() {
        if (--reading == 0 && dropped) {
            blob.close();
        }
    }
}
