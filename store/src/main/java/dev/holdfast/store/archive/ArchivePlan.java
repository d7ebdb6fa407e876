package dev.holdfast.store.archive;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.ArchiveFrame.ExtraFile;
import java.util.List;

/**
 * What an archive is composed of, page by page, so that it need never be whole in memory. Immutable and safe for
 * several threads.
 */
public interface ArchivePlan {
    /** Name of the plan, for messages. */
    String name();

    /** Whose packs it refers to. */
    GroupId project();

    /** The captured directory, which becomes the top folder. */
    FileEntry top();

    /** Files that come first in the top folder. */
    List<ExtraFile> extras();

    /** Number of pages. */
    int pages();

    /** Where the stretch of page {@code page} begins in the archive; the tail's place for {@code pages()}. */
    long stretchStart(int page);

    /** The last page whose stretch begins at {@code offset} or before; {@code pages()} from the tail on. */
    int pageAt(long offset);

    /** Begins to read a page. */
    PlanPage page(int page);

    /** Bytes of the archive. */
    long archiveBytes();

    /** Bytes of the tar within. */
    long tarBytes();

    /** The entity tag of the archive with this top folder. */
    String entityTag(byte[] topFolder);
}
