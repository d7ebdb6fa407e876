package dev.holdfast.store.pack;

import dev.holdfast.store.blob.BlobReader;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The file of a repacked pack, as far as its segments are still needed: the bytes are read where they are now. */
final class ForwardedBlob implements BlobReader {
    private final Forward forward;
    private final Packs packs;

    ForwardedBlob(Forward forward, Packs packs) {
        this.forward = forward;
        this.packs = packs;
    }

    /** Where the last segment that is needed ended; there is neither index nor footer. */
    @Override
    public long size() {
        Forward.Run last = forward.runs().get(forward.runs().size() - 1);
        return last.offset() + length(last);
    }

    /** Ends early where a segment was dropped. */
    @Override
    public int read(long position, ByteBuffer target) {
        int count = 0;
        while (target.hasRemaining()) {
            long at = position + count;
            Optional<Forward.Run> run = forward.runAt(at);
            long left = run.map(found -> found.offset() + length(found) - at).orElse(0L);
            if (left <= 0) {
                break;
            }
            Forward.Run found = run.get();
            long start = packs.index(forward.project(), found.pack()).offset(found.target());
            int limit = target.limit();
            target.limit((int) Math.min(limit, target.position() + left));
            int read = packs.reader(forward.project(), found.pack()).read(start + at - found.offset(), target);
            boolean whole = !target.hasRemaining();
            target.limit(limit);
            count += read;
            if (!whole) {
                break;
            }
        }
        return count;
    }

    private long length(Forward.Run run) {
        PackIndex index = packs.index(forward.project(), run.pack());
        int last = run.target() + run.slots() - 1;
        return index.offset(last) + index.storedLength(last) - index.offset(run.target());
    }

    @Override
    public void close() {}
}
