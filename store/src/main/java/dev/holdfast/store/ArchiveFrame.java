package dev.holdfast.store;

import java.util.List;

/**
 * What a part's archive has beside the captured files. Fixed at commit, so the size of an archive does not depend on
 * the job that asks for it.
 *
 * @param topFolderLength bytes of the name of the one top folder; every job's name has that length
 * @param extras files to put first in the top folder, for example {@code restoreInfo.txt}; a captured file of the same
 *     name goes before an extra, which is then left out
 */
public record ArchiveFrame(int topFolderLength, List<ExtraFile> extras) {
    /** Copies the list. */
    public ArchiveFrame {
        if (topFolderLength < 1 || topFolderLength > 255) {
            throw new IllegalArgumentException("a top folder's name has 1 to 255 bytes, not " + topFolderLength);
        }
        extras = List.copyOf(extras);
    }

    /**
     * A small file that was not in the data directory.
     *
     * @param name its name in the top folder
     * @param mode permission bits
     * @param content its bytes, at most 64 KiB
     */
    public record ExtraFile(String name, int mode, byte[] content) {}
}
