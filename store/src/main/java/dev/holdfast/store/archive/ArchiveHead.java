package dev.holdfast.store.archive;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.store.ArchiveFrame.ExtraFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The beginning of an archive: gzip header, top folder, extras. Small, so it is made at once.
 *
 * @param bytes as they stand in the archive
 * @param tarBytes how many bytes of tar are in it
 * @param tarCrc32 CRC-32 of those
 */
public record ArchiveHead(byte[] bytes, long tarBytes, int tarCrc32) {
    // deflate, no name, no time, unknown system: nothing that depends on who makes it
    private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** Composes it. */
    public static ArchiveHead of(byte[] topFolder, FileEntry top, List<ExtraFile> extras) {
        byte[] tar = tar(topFolder, top, extras);
        int blocks = (tar.length + StoredBlock.MAX - 1) / StoredBlock.MAX;
        byte[] bytes = new byte[GZIP.length + tar.length + blocks * StoredBlock.OVERHEAD];
        System.arraycopy(GZIP, 0, bytes, 0, GZIP.length);
        int at = GZIP.length;
        for (int from = 0; from < tar.length; from += StoredBlock.MAX) {
            int length = Math.min(StoredBlock.MAX, tar.length - from);
            StoredBlock.begin(bytes, at, length);
            System.arraycopy(tar, from, bytes, at + StoredBlock.OVERHEAD, length);
            at += StoredBlock.OVERHEAD + length;
        }
        CRC32 crc = new CRC32();
        crc.update(tar);
        return new ArchiveHead(bytes, tar.length, (int) crc.getValue());
    }

    /** Bytes of the head for any top folder whose name has that length. */
    public static ArchiveHead ofLength(int topFolderLength, FileEntry top, List<ExtraFile> extras) {
        return of(new byte[topFolderLength], top, extras);
    }

    private static byte[] tar(byte[] topFolder, FileEntry top, List<ExtraFile> extras) {
        TarHeaders headers = new TarHeaders(topFolder);
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        tar.writeBytes(headers.bytes(top));
        for (ExtraFile extra : extras) {
            byte[] content = extra.content();
            tar.writeBytes(headers.bytes(entry(extra, top)));
            tar.writeBytes(content);
            tar.writeBytes(new byte[TarHeaders.padding(content.length)]);
        }
        return tar.toByteArray();
    }

    private static FileEntry entry(ExtraFile extra, FileEntry top) {
        return new FileEntry(
                FileEntry.Type.FILE,
                extra.name().getBytes(StandardCharsets.UTF_8),
                extra.mode(),
                top.uid(),
                top.gid(),
                top.user(),
                top.group(),
                top.mtimeSeconds(),
                top.mtimeNanos(),
                extra.content().length,
                new byte[0]);
    }
}
