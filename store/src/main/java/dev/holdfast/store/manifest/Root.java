package dev.holdfast.store.manifest;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.ArchiveFrame.ExtraFile;
import dev.holdfast.store.PartSummary;
import java.util.List;

/**
 * The root of a manifest. Its rows stay as bytes: a part of ten million files has some forty thousand.
 *
 * @param project whose it is
 * @param part the part
 * @param topFolderLength bytes of the name of the archive's top folder
 * @param top the captured directory
 * @param extras files that were not captured, without those whose name a captured one has
 * @param rows the pages in order
 * @param tailOffset where the tail begins in the archive
 * @param tarBytes bytes of the tar
 * @param summary the part's figures
 */
record Root(
        GroupId project,
        PartId part,
        int topFolderLength,
        FileEntry top,
        List<ExtraFile> extras,
        PageRows rows,
        long tailOffset,
        long tarBytes,
        PartSummary summary) {}
