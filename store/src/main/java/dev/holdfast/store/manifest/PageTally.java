package dev.holdfast.store.manifest;

import java.nio.ByteBuffer;

/** What was written so far: a row for each page, with offsets from the end of the archive's head. */
final class PageTally {
    private final RecordSink rows = new RecordSink();
    private long archiveBytes;
    private long tarBytes;
    private long entries;
    private long firstEntry = 1;

    /** An entry began in the current page, or is the captured directory. */
    void entry() {
        entries++;
    }

    /** A page was cut; the next entry will begin in the next page. */
    void page(byte[] sha256, int length, PageBuilder page) {
        new PageRow(sha256, length, archiveBytes, tarBytes, firstEntry).write(rows);
        firstEntry = entries;
        archiveBytes += page.archiveBytes();
        tarBytes += page.tarBytes();
    }

    long entries() {
        return entries;
    }

    long archiveBytes() {
        return archiveBytes;
    }

    long tarBytes() {
        return tarBytes;
    }

    /** All rows, with offsets from the start of the archive. */
    PageRows rows(long headBytes, long headTarBytes) {
        PageRows relative = new PageRows(rows.bytes());
        ByteBuffer absolute = ByteBuffer.wrap(rows.bytes());
        for (int page = 0; page < relative.count(); page++) {
            PageRow row = relative.row(page);
            int at = page * PageRow.BYTES + Sha256.LENGTH + Integer.BYTES;
            absolute.putLong(at, row.archiveOffset() + headBytes);
            absolute.putLong(at + Long.BYTES, row.tarOffset() + headTarBytes);
        }
        return new PageRows(absolute.array());
    }
}
