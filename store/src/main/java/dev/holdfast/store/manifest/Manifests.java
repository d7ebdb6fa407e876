package dev.holdfast.store.manifest;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.StoredPart;
import dev.holdfast.store.archive.Extent;
import dev.holdfast.store.archive.PlanRecord;
import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.NoSuchBlob;
import dev.holdfast.store.pack.Packs;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The manifests of a store: finds, opens, walks and forgets them. */
public final class Manifests {
    // a root has 60 bytes for each page: this is room for some two billion files
    private static final int MAX_ROOT = 1 << 29;

    private Manifests() {}

    /**
     * Opens a part for reading: reads and checks its root, no page yet.
     *
     * @throws NoSuchPart if it has no root
     * @throws dev.holdfast.contract.trouble.Corruption if the root is damaged or of another store or part
     */
    public static StoredPart open(BlobStore blobs, StoreDescriptor store, Packs packs, GroupId project, PartId part) {
        byte[] bytes = root(blobs, project, part);
        String name = ManifestNames.root(project, part);
        Root root = RootCodec.decode(name, bytes, store, project, part);
        ManifestPlan plan = new ManifestPlan(name, root, Sha256.of(bytes), new Pages(blobs, store, project));
        return new StoredManifest(root, plan, store, packs);
    }

    /** Every part of a project that has a root. */
    public static Set<PartId> list(BlobStore blobs, GroupId project) {
        return blobs.list(ManifestNames.roots(project)).stream()
                .map(ManifestNames::part)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Every project that has a root. */
    public static Set<GroupId> projects(BlobStore blobs) {
        return blobs.list(ManifestNames.ROOTS).stream()
                .map(name -> ManifestNames.project(ManifestNames.ROOTS, name))
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Name of the blob that is the root of a part. */
    public static String rootName(GroupId project, PartId part) {
        return ManifestNames.root(project, part);
    }

    /** Deletes the root, so that the part is no more; its pages stay for a sweep. False if there was none. */
    public static boolean forget(BlobStore blobs, GroupId project, PartId part) {
        return blobs.delete(ManifestNames.root(project, part));
    }

    /**
     * Reads every page of a part, checks it, and shows what it refers to: for {@code verify} and sweep.
     *
     * @throws NoSuchPart if it has no root
     * @throws dev.holdfast.contract.trouble.Corruption at the first page that is missing or damaged
     */
    public static void walk(
            BlobStore blobs, StoreDescriptor store, GroupId project, PartId part, ManifestVisitor visitor) {
        String name = ManifestNames.root(project, part);
        Root root = RootCodec.decode(name, root(blobs, project, part), store, project, part);
        Pages pages = new Pages(blobs, store, project);
        visitor.entry(root.top());
        for (int page = 0; page < root.rows().count(); page++) {
            PageRow row = root.rows().row(page);
            PageReader reader = pages.reader(row, pages.read(row));
            visitor.page(pages.name(row));
            for (PlanRecord record = reader.next(); record != null; record = reader.next()) {
                show(record, visitor);
            }
        }
    }

    /**
     * Shows what a part refers to, for a sweep. A page whose name is in {@code pages} already is not read again: its name
     * is its content, so what it refers to was shown before.
     *
     * @throws NoSuchPart if it has no root
     * @throws dev.holdfast.contract.trouble.Corruption if its root or a page is missing or damaged: what else it refers
     *     to cannot be known
     */
    public static void references(
            BlobStore blobs,
            StoreDescriptor store,
            GroupId project,
            PartId part,
            Set<String> pages,
            Consumer<Extent> extents) {
        String name = ManifestNames.root(project, part);
        Root root = RootCodec.decode(name, root(blobs, project, part), store, project, part);
        Pages all = new Pages(blobs, store, project);
        for (int page = 0; page < root.rows().count(); page++) {
            PageRow row = root.rows().row(page);
            if (!pages.contains(all.name(row))) {
                PageReader reader = all.reader(row, all.read(row));
                for (PlanRecord record = reader.next(); record != null; record = reader.next()) {
                    if (record instanceof Extent extent) {
                        extents.accept(extent);
                    }
                }
                pages.add(all.name(row));
            }
        }
    }

    /**
     * Shows the extents of a part in archive order, of evenly chosen pages if there are more than {@code mostPages}.
     *
     * @throws NoSuchPart if it has no root
     * @throws dev.holdfast.contract.trouble.Corruption if its root or one of the pages is missing or damaged
     */
    public static void extents(
            BlobStore blobs,
            StoreDescriptor store,
            GroupId project,
            PartId part,
            int mostPages,
            Consumer<Extent> extents) {
        String name = ManifestNames.root(project, part);
        Root root = RootCodec.decode(name, root(blobs, project, part), store, project, part);
        Pages all = new Pages(blobs, store, project);
        int count = root.rows().count();
        int step = Math.max(1, (int) (((long) count + mostPages - 1) / mostPages));
        for (int page = 0; page < count; page += step) {
            PageRow row = root.rows().row(page);
            PageReader reader = all.reader(row, all.read(row));
            for (PlanRecord record = reader.next(); record != null; record = reader.next()) {
                if (record instanceof Extent extent) {
                    extents.accept(extent);
                }
            }
        }
    }

    /** Every part of a project that has a root, and when that was committed, in milliseconds since 1970; 0 if not known. */
    public static Map<PartId, Long> written(BlobStore blobs, GroupId project) {
        Map<PartId, Long> written = new HashMap<>();
        for (BlobEntry root : blobs.survey(ManifestNames.roots(project))) {
            ManifestNames.part(root.name())
                    .ifPresent(part -> written.put(part, root.writtenMillis().orElse(0)));
        }
        return written;
    }

    /** All pages of a project, whether or not a part refers to them. */
    public static List<BlobEntry> pages(BlobStore blobs, GroupId project) {
        return blobs.survey(ManifestNames.pages(project)).stream()
                .filter(page -> ManifestNames.isPage(project, page.name()))
                .toList();
    }

    /** Every project that has a page. */
    public static Set<GroupId> projectsWithPages(BlobStore blobs) {
        return blobs.list(ManifestNames.PAGES).stream()
                .map(name -> ManifestNames.project(ManifestNames.PAGES, name))
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void show(PlanRecord record, ManifestVisitor visitor) {
        if (record instanceof PlanRecord.Entry entry) {
            visitor.entry(entry.file());
        } else if (record instanceof Extent extent) {
            visitor.extent(extent);
        } else if (record instanceof PlanRecord.Hole hole) {
            visitor.hole(hole.blocks());
        }
    }

    private static byte[] root(BlobStore blobs, GroupId project, PartId part) {
        try {
            return WholeBlob.read(blobs, ManifestNames.root(project, part), MAX_ROOT);
        } catch (NoSuchBlob e) {
            NoSuchPart absent = new NoSuchPart(project, part);
            absent.initCause(e);
            throw absent;
        }
    }
}
