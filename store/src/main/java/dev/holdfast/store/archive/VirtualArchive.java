package dev.holdfast.store.archive;

import dev.holdfast.contract.segment.Crc32Combine;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.StoreDescriptor;
import dev.holdfast.store.pack.Packs;
import java.util.Objects;
import java.util.zip.CRC32;

/** The {@code .tar.gz} that a plan and the name of a top folder define. */
public final class VirtualArchive implements Archive {
    private final ArchivePlan plan;
    private final Packs packs;
    private final byte[] zeroSegment;
    private final int blockSize;
    private final TarHeaders headers;
    private final ArchiveHead head;
    private final String entityTag;
    private final Object crcLock = new Object();
    private Integer crc;
    private Integer zeroBlockCrc32;

    /** Composes {@code plan} under {@code topFolder}, whose length is the one that the plan was measured with. */
    public VirtualArchive(ArchivePlan plan, StoreDescriptor store, Packs packs, byte[] topFolder) {
        this.plan = plan;
        this.packs = packs;
        this.zeroSegment = store.zeroSegment().clone();
        this.blockSize = store.blockSize();
        this.headers = new TarHeaders(topFolder);
        this.head = ArchiveHead.of(topFolder, plan.top(), plan.extras());
        this.entityTag = plan.entityTag(topFolder);
    }

    @Override
    public long length() {
        return plan.archiveBytes();
    }

    @Override
    public String entityTag() {
        return entityTag;
    }

    @Override
    public ArchiveReader read(long from, long to) {
        if (from < 0 || from > to || to > length()) {
            throw new IndexOutOfBoundsException("bytes " + from + " to " + to + " of an archive of " + length());
        }
        return new RangeReader(this, new SegmentReader(packs, plan.project(), blockSize), from, to);
    }

    ArchivePlan plan() {
        return plan;
    }

    TarHeaders headers() {
        return headers;
    }

    ArchiveHead head() {
        return head;
    }

    byte[] zeroSegment() {
        return zeroSegment;
    }

    int blockSize() {
        return blockSize;
    }

    byte[] tail() {
        return ArchiveTail.bytes(ArchiveTail.zerosOf(plan.archiveBytes() - plan.stretchStart(plan.pages())));
    }

    int zeroBlockCrc32() {
        synchronized (crcLock) {
            if (zeroBlockCrc32 == null) {
                CRC32 zeros = new CRC32();
                zeros.update(new byte[blockSize]);
                zeroBlockCrc32 = (int) zeros.getValue();
            }
            return zeroBlockCrc32;
        }
    }

    /** The trailer; the first to ask waits for a walk over all pages, unless a reader has passed them all. */
    byte[] trailer() {
        synchronized (crcLock) {
            if (crc == null) {
                TarChecksum walk = new TarChecksum();
                Pieces pieces = new Pieces(this, 0);
                for (pieces.next(); !pieces.isTrailer(); pieces.next()) {
                    walk.add(pieces);
                }
                crc = walk.crc32();
            }
            return ArchiveTail.trailer(crc, plan.tarBytes());
        }
    }

    /** Spares {@link #trailer} its walk. */
    void checksumIs(int crc32) {
        synchronized (crcLock) {
            crc = Objects.requireNonNullElse(crc, crc32);
        }
    }

    /** CRC-32 of the tar as far as a walk from the start has come. */
    static final class TarChecksum {
        private int crc;

        void add(Pieces pieces) {
            crc = Crc32Combine.CRC32.combine(crc, pieces.tarCrc32(), pieces.tarBytes());
        }

        int crc32() {
            return crc;
        }
    }
}
