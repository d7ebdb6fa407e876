package dev.holdfast.store.archive;

import dev.holdfast.store.ArchiveReader;
import java.nio.ByteBuffer;

/**
 * Reads one range. Whole segments go from the disk straight into the caller's buffer, as many as lie side by side and
 * fit; a segment that the range or the buffer cuts goes through a scratch buffer, for it must be checked whole.
 */
final class RangeReader implements ArchiveReader {
    private final VirtualArchive archive;
    private final SegmentReader segments;
    private final long to;
    private long position;
    private boolean closed;

    private Pieces pieces;

    /** Null once the range skipped a piece, or when it began in the middle. */
    private VirtualArchive.TarChecksum checksum;

    RangeReader(VirtualArchive archive, SegmentReader segments, long from, long to) {
        this.archive = archive;
        this.segments = segments;
        this.position = from;
        this.to = to;
    }

    @Override
    public int read(ByteBuffer target) {
        if (closed) {
            throw new IllegalStateException("the reader was closed");
        }
        if (!target.hasRemaining()) {
            throw new IllegalArgumentException("the buffer has no room");
        }
        if (position == to) {
            return -1;
        }
        int start = target.position();
        while (position < to && target.hasRemaining()) {
            toPiece();
            int before = target.position();
            try {
                put(target, before > start);
            } finally {
                position += target.position() - before;
            }
            if (target.position() == before) {
                break;
            }
        }
        return target.position() - start;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void toPiece() {
        if (pieces == null) {
            pieces = new Pieces(archive, position);
            // a walk from the very start gives the trailer's checksum by the way
            checksum = pieces.end() == 0 ? new VirtualArchive.TarChecksum() : null;
            pieces.next();
            note();
        }
        while (pieces.end() <= position) {
            pieces.next();
            note();
        }
    }

    private void note() {
        if (checksum == null) {
            return;
        }
        if (pieces.isTrailer()) {
            archive.checksumIs(checksum.crc32());
        } else {
            checksum.add(pieces);
        }
    }

    private void put(ByteBuffer target, boolean hasSome) {
        long offset = position - pieces.start();
        int most = (int) Math.min(target.remaining(), Math.min(to, pieces.end()) - position);
        if (pieces.extent() != null) {
            putSegments(offset, most, hasSome, target);
        } else if (pieces.holeBlocks() > 0) {
            putZeroSegments(offset, most, target);
        } else {
            target.put(pieces.literal(), (int) offset, most);
        }
    }

    private void putSegments(long offset, int most, boolean hasSome, ByteBuffer target) {
        segments.enter(pieces.extent());
        int slot = segments.slotAt(offset);
        long inSlot = offset - segments.startOf(slot);
        if (inSlot == 0) {
            int end = pieces.extent().firstSlot() + pieces.extent().slots();
            int next = slot;
            int bytes = 0;
            while (next < end && segments.lengthOf(next) <= most - bytes) {
                bytes += segments.lengthOf(next);
                next++;
            }
            if (next > slot) {
                segments.readWhole(slot, next - slot, bytes, target);
                return;
            }
            boolean cutByBuffer = most == target.remaining();
            if (hasSome && cutByBuffer) {
                // let the caller come again with an empty buffer, rather than copy
                return;
            }
        }
        segments.readPart(slot, (int) inSlot, most, target);
    }

    private void putZeroSegments(long offset, int most, ByteBuffer target) {
        byte[] zero = archive.zeroSegment();
        int at = (int) (offset % zero.length);
        int rest = most;
        while (rest > 0) {
            int count = Math.min(rest, zero.length - at);
            target.put(zero, at, count);
            rest -= count;
            at = 0;
        }
    }
}
