package dev.holdfast.store.blob.memory;

import dev.holdfast.store.blob.BlobEntry;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.blob.BlobNames;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobWriter;
import dev.holdfast.store.blob.NoSuchBlob;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** Blobs in the heap. */
public final class MemoryBlobStore implements BlobStore {
    private final ConcurrentSkipListMap<String, byte[]> blobs = new ConcurrentSkipListMap<>();
    private final ConcurrentHashMap<String, Long> written = new ConcurrentHashMap<>();
    private final Supplier<Long> now;

    /** Blobs whose age is not known. */
    public MemoryBlobStore() {
        this(() -> null);
    }

    /** Blobs that are as old as {@code clock} says. */
    public MemoryBlobStore(Clock clock) {
        this(clock::millis);
    }

    private MemoryBlobStore(Supplier<Long> now) {
        this.now = now;
    }

    @Override
    public BlobWriter create(String name) {
        return new Writer(BlobNames.require(name), false);
    }

    @Override
    public BlobWriter replacement(String name) {
        return new Writer(BlobNames.require(name), true);
    }

    @Override
    public BlobReader open(String name) {
        byte[] bytes = blobs.get(BlobNames.require(name));
        if (bytes == null) {
            throw new NoSuchBlob(name);
        }
        return new Reader(bytes);
    }

    @Override
    public List<String> list(String prefix) {
        return blobs.tailMap(prefix).keySet().stream()
                .takeWhile(name -> name.startsWith(prefix))
                .toList();
    }

    @Override
    public List<BlobEntry> survey(String prefix) {
        List<BlobEntry> entries = new ArrayList<>();
        for (String name : list(prefix)) {
            byte[] bytes = blobs.get(name);
            if (bytes != null) {
                entries.add(new BlobEntry(name, bytes.length, writtenMillis(name)));
            }
        }
        return entries;
    }

    @Override
    public OptionalLong writtenMillis(String name) {
        Long when = written.get(BlobNames.require(name));
        return when == null ? OptionalLong.empty() : OptionalLong.of(when);
    }

    @Override
    public OptionalLong clockMillis() {
        return OptionalLong.empty();
    }

    @Override
    public int giveUpUnfinished(long ageMillis) {
        return 0; // what is unfinished ends with its writer
    }

    @Override
    public boolean delete(String name) {
        boolean there = blobs.remove(BlobNames.require(name)) != null;
        if (there) {
            written.remove(name);
        }
        return there;
    }

    @Override
    public void close() {}

    private record Reader(byte[] bytes) implements BlobReader {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(long position, ByteBuffer target) {
            if (position < 0) {
                throw new IllegalArgumentException("position " + position);
            }
            int count = (int) Math.max(0, Math.min(target.remaining(), bytes.length - position));
            if (count > 0) {
                target.put(bytes, (int) position, count);
            }
            return count;
        }

        @Override
        public void close() {}
    }

    private final class Writer implements BlobWriter {
        private final String name;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final boolean replaces;
        private boolean ended;

        Writer(String name, boolean replaces) {
            this.name = name;
            this.replaces = replaces;
        }

        @Override
        public void write(ByteBuffer source) {
            requireOpen();
            byte[] copy = new byte[source.remaining()];
            source.get(copy);
            bytes.writeBytes(copy);
        }

        @Override
        public long position() {
            return bytes.size();
        }

        @Override
        public void commit() {
            requireOpen();
            ended = true;
            if (replaces) {
                blobs.put(name, bytes.toByteArray());
            } else if (blobs.putIfAbsent(name, bytes.toByteArray()) != null) {
                throw new BlobExists(name);
            }
            Long when = now.get();
            if (when != null) {
                written.put(name, when);
            }
        }

        @Override
        public void close() {
            ended = true;
        }

        private void requireOpen() {
            if (ended) {
                throw new IllegalStateException(name + " was committed or given up already");
            }
        }
    }
}
