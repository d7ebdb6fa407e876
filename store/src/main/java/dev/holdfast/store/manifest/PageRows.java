package dev.holdfast.store.manifest;

import java.nio.ByteBuffer;

/** The rows of a root, decoded one at a time. Immutable. */
final class PageRows {
    private static final int ARCHIVE_OFFSET = Sha256.LENGTH + Integer.BYTES;

    private final ByteBuffer rows;
    private final int count;

    /** Rows that lie one behind the other in {@code bytes}. */
    PageRows(byte[] bytes) {
        this.rows = ByteBuffer.wrap(bytes);
        this.count = bytes.length / PageRow.BYTES;
    }

    int count() {
        return count;
    }

    PageRow row(int page) {
        int at = page * PageRow.BYTES;
        byte[] sha256 = new byte[Sha256.LENGTH];
        rows.get(at, sha256);
        return new PageRow(
                sha256,
                rows.getInt(at + Sha256.LENGTH),
                archiveOffset(page),
                rows.getLong(at + ARCHIVE_OFFSET + Long.BYTES),
                rows.getLong(at + ARCHIVE_OFFSET + 2 * Long.BYTES));
    }

    long archiveOffset(int page) {
        return rows.getLong(page * PageRow.BYTES + ARCHIVE_OFFSET);
    }

    /** The last page that begins at {@code archiveOffset} or before; there must be one. */
    int pageAt(long archiveOffset) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (archiveOffset(middle) <= archiveOffset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The bytes as they stand in a root. */
    byte[] bytes() {
        return rows.array();
    }
}
