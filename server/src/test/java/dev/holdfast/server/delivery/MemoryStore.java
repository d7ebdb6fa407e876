package dev.holdfast.server.delivery;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.PartId;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import dev.holdfast.store.PartSummary;
import dev.holdfast.store.PartUpload;
import dev.holdfast.store.SnapshotStore;
import dev.holdfast.store.StoredPart;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Archives in memory, whose bytes can be damaged, out of reach or slow. */
final class MemoryStore implements SnapshotStore {
    private final Map<PartId, byte[]> archives = new ConcurrentHashMap<>();
    private final Map<PartId, Long> huge = new ConcurrentHashMap<>();
    volatile long corruptAt = Long.MAX_VALUE;
    volatile long unavailableAt = Long.MAX_VALUE;
    /** Readers wait here before they give anything. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    /** An archive of that length, larger than any memory: each byte follows from its position. */
    void putHuge(PartId part, long length) {
        huge.put(part, length);
    }

    /** The byte at a position of a huge archive. */
    static byte hugeByte(long position) {
        return (byte) (position * 0x9e3779b97f4a7c15L >>> 56);
    }

    void put(PartId part, byte[] archive) {
        archives.put(part, archive);
    }

    @Override
    public StoredPart open(GroupId project, PartId part) {
        byte[] bytes = archives.get(part);
        Long length = huge.get(part);
        if (bytes == null && length == null) {
            throw new NoSuchPart(project, part);
        }
        return new StoredPart() {
            @Override
            public PartId id() {
                return part;
            }

            @Override
            public PartSummary summary() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int topFolderLength() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Archive archive(String topFolder) {
                return length == null ? new MemoryArchive(bytes) : new HugeArchive(length);
            }
        };
    }

    private final class MemoryArchive implements Archive {
        private final byte[] bytes;

        MemoryArchive(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public String entityTag() {
            return "e".repeat(64);
        }

        @Override
        public ArchiveReader read(long from, long to) {
            return new ArchiveReader() {
                private int position = (int) from;

                @Override
                public int read(ByteBuffer target) {
                    await(gate);
                    if (position == to) {
                        return -1;
                    }
                    if (position >= corruptAt) {
                        throw new Corruption("packs/ab/cdef", corruptAt, "checksum");
                    }
                    if (position >= unavailableAt) {
                        throw new Unavailable("the disk is away");
                    }
                    long end = Math.min(to, Math.max(position + 1L, Math.min(corruptAt, unavailableAt)));
                    int length = (int) Math.min(Math.min(target.remaining(), end - position), 100_000);
                    target.put(bytes, position, length);
                    position += length;
                    return length;
                }

                @Override
                public void close() {}
            };
        }
    }

    private record HugeArchive(long length) implements Archive {
        @Override
        public String entityTag() {
            return "f".repeat(64);
        }

        @Override
        public ArchiveReader read(long from, long to) {
            return new ArchiveReader() {
                private long position = from;

                @Override
                public int read(ByteBuffer target) {
                    if (position == to) {
                        return -1;
                    }
                    int bytes = (int) Math.min(target.remaining(), to - position);
                    for (int i = 0; i < bytes; i++) {
                        target.put(hugeByte(position++));
                    }
                    return bytes;
                }

                @Override
                public void close() {}
            };
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int blockSize() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PartUpload begin(GroupId project, PartId part) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forget(GroupId project, PartId part) {
        archives.remove(part);
    }

    @Override
    public Set<PartId> parts(GroupId project) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<GroupId> projects() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
