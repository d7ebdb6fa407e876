package dev.holdfast.store.scrub;

import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.SnapshotStore.NoSuchPart;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.StoredPart;
import dev.holdfast.store.archive.Extent;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.manifest.ManifestVisitor;
import dev.holdfast.store.manifest.Manifests;
import dev.holdfast.store.manifest.NeededFiles;
import dev.holdfast.store.pack.Packs;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.zip.DataFormatException;

/** Walks the manifest of a part, then inflates its archive as one who restores it would. */
final class PartScrub {
    private static final long TELL_EVERY = 64 << 20;

    private final BlobStore blobs;
    private final StoreDescriptor store;
    private final Packs packs;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 << 10);

    PartScrub(BlobStore blobs, StoreDescriptor store, Packs packs) {
        this.blobs = blobs;
        this.store = store;
        this.packs = packs;
    }

    /** Answers the bytes of the archive; damages go to {@code findings}, the bytes so far now and then to {@code progress}. */
    long read(Damage.Part part, Findings findings, LongConsumer progress) {
        long read = 0;
        try {
            findPacks(part, findings);
            StoredPart stored = Manifests.open(blobs, store, packs, part.project(), part.id());
            Archive archive = stored.archive("x".repeat(stored.topFolderLength()));
            read = inflate(archive, part, progress);
        } catch (Corruption e) {
            if (!Manifests.list(blobs, part.project()).contains(part.id())) {
                // forgotten while it was read, and perhaps swept: nobody misses it
                throw new NoSuchPart(part.project(), part.id());
            }
            findings.add(e, part);
        }
        return read;
    }

    private void findPacks(Damage.Part part, Findings findings) {
        NeededFiles needed = new NeededFiles(blobs, store, part.project());
        Set<String> files = new HashSet<>();
        Manifests.walk(blobs, store, part.project(), part.id(), new ManifestVisitor() {
            @Override
            public void page(String blobName) {
                if (findings.isDamaged(blobName)) {
                    findings.needs(part, blobName);
                }
            }

            @Override
            public void extent(Extent extent) {
                var unused = needed.of(extent, files);
            }
        });
        files.stream().filter(findings::isDamaged).forEach(name -> findings.needs(part, name));
    }

    private long inflate(Archive archive, Damage.Part part, LongConsumer progress) {
        long count = 0;
        try (ArchiveReader reader = archive.read(0, archive.length());
                GzipMember member = new GzipMember()) {
            for (int n = reader.read(buffer.clear()); n >= 0; n = reader.read(buffer.clear())) {
                member.take(buffer.flip());
                count += n;
                if (count / TELL_EVERY != (count - n) / TELL_EVERY) {
                    progress.accept(count);
                }
            }
            member.end();
        } catch (DataFormatException e) {
            throw new Corruption("the archive of " + part, count, e.getMessage());
        }
        if (count != archive.length()) {
            throw new Corruption("the archive of " + part, count, "it should have " + archive.length() + " bytes");
        }
        return count;
    }
}
