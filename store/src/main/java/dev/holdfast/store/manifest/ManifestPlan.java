package dev.holdfast.store.manifest;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.ArchiveFrame.ExtraFile;
import dev.holdfast.store.archive.ArchivePlan;
import dev.holdfast.store.archive.PlanPage;
import java.util.HexFormat;
import java.util.List;

/** A manifest as the plan of an archive: the root in memory, pages as they are asked for. */
final class ManifestPlan implements ArchivePlan {
    private final String name;
    private final Root root;
    private final byte[] rootSha256;
    private final Pages pages;
    private final PageCache cache = new PageCache();

    ManifestPlan(String name, Root root, byte[] rootSha256, Pages pages) {
        this.name = name;
        this.root = root;
        this.rootSha256 = rootSha256;
        this.pages = pages;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public GroupId project() {
        return root.project();
    }

    @Override
    public FileEntry top() {
        return root.top();
    }

    @Override
    public List<ExtraFile> extras() {
        return root.extras();
    }

    @Override
    public int pages() {
        return root.rows().count();
    }

    @Override
    public long stretchStart(int page) {
        return page == pages() ? root.tailOffset() : root.rows().archiveOffset(page);
    }

    @Override
    public int pageAt(long offset) {
        return offset >= root.tailOffset() ? pages() : root.rows().pageAt(offset);
    }

    @Override
    public PlanPage page(int page) {
        PageRow row = root.rows().row(page);
        byte[] bytes = cache.get(page);
        if (bytes == null) {
            bytes = pages.read(row);
            cache.put(page, bytes);
        }
        return pages.reader(row, bytes);
    }

    @Override
    public long archiveBytes() {
        return root.summary().archiveBytes();
    }

    @Override
    public long tarBytes() {
        return root.tarBytes();
    }

    @Override
    public String entityTag(byte[] topFolder) {
        return HexFormat.of().formatHex(Sha256.of(rootSha256, topFolder));
    }
}
