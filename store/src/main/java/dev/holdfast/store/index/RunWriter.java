package dev.holdfast.store.index;

import dev.holdfast.contract.chunk.BlockId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobWriter;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.pack.PackId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Writes a run from entries that come sorted; only its fences are kept in the heap, and its filter beside it. */
final class RunWriter {
    private RunWriter() {}

    /** Writes the run and makes it durable; answers its name. {@code entries} must be what {@code source} yields. */
    static String write(
            BlobStore blobs,
            String storeId,
            GroupId project,
            String run,
            List<PackId> packs,
            long entries,
            Cursor source) {
        String name = RunNames.name(project, run);
        try (BlobWriter blob = blobs.create(name)) {
            blob.write(RunFormat.header(storeId, project, run, packs, entries));
            ByteArrayOutputStream fences = new ByteArrayOutputStream();
            RunFilter filter = RunFilter.of(entries);
            byte[] id = new byte[BlockId.LENGTH];
            ByteBuffer page = ByteBuffer.allocate(PageWindow.LARGE * RunFormat.PAGE);
            int start = 0;
            long written = 0;
            while (source.advance()) {
                if (page.position() == start) {
                    source.block().write(id, 0);
                    fences.writeBytes(id);
                }
                filter.add(source.block());
                source.block().write(page);
                page.putInt(source.pack()).putInt(source.slot());
                written++;
                if (written % RunFormat.PAGE_ENTRIES == 0 || written == entries) {
                    page.putInt(Checksums.crc32c(page.array(), start, page.position() - start));
                    start = page.position();
                    if (!page.hasRemaining() || written == entries) {
                        blob.write(page.flip());
                        page.clear();
                        start = 0;
                    }
                }
            }
            if (written != entries) {
                throw new IllegalStateException("a run of " + entries + " entries got " + written);
            }
            ByteBuffer end = ByteBuffer.allocate(fences.size() + 4);
            end.put(fences.toByteArray()).putInt(Checksums.crc32c(fences.toByteArray(), 0, fences.size()));
            blob.write(end.flip());
            filter.write(blob);
            blob.commit();
        }
        return name;
    }
}
