package dev.holdfast.store.archive;

import dev.holdfast.contract.agentapi.FileEntry;

/** Measures the stretch of an archive that a page gives, record by record, without making it. For one thread. */
public final class StretchMeter {
    private final TarHeaders headers;
    private final int zeroSegmentLength;
    private final int blockSize;
    private long archiveBytes;
    private long tarBytes;
    private long left;
    private int padding;

    /** A meter for archives whose top folder's name has {@code topFolderLength} bytes. */
    public StretchMeter(int topFolderLength, int zeroSegmentLength, int blockSize) {
        this.headers = new TarHeaders(new byte[topFolderLength]);
        this.zeroSegmentLength = zeroSegmentLength;
        this.blockSize = blockSize;
    }

    /** A page begins, with so many bytes to come of the file before. */
    public void begin(long leftOfFile) {
        archiveBytes = 0;
        tarBytes = 0;
        left = leftOfFile;
        padding = TarHeaders.padding(leftOfFile);
    }

    /** An entry begins. */
    public void entry(FileEntry entry) {
        literal(headers.length(entry) + padding);
        left = entry.size();
        padding = TarHeaders.padding(left);
    }

    /** The entry goes on. */
    public void extent(Extent extent) {
        archiveBytes += extent.storedBytes();
        plain(extent.plainBytes());
    }

    /** The entry goes on with full blocks of zeros. */
    public void hole(long blocks) {
        archiveBytes += blocks * zeroSegmentLength;
        plain(blocks * blockSize);
    }

    /** The page ends. */
    public void end() {
        if (left == 0 && padding > 0) {
            literal(padding);
        }
    }

    /** Bytes of the stretch so far. */
    public long archiveBytes() {
        return archiveBytes;
    }

    /** Bytes of tar in the stretch so far. */
    public long tarBytes() {
        return tarBytes;
    }

    private void plain(long bytes) {
        tarBytes += bytes;
        left -= bytes;
    }

    private void literal(int bytes) {
        archiveBytes += StoredBlock.OVERHEAD + bytes;
        tarBytes += bytes;
    }
}
