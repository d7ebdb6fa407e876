package dev.holdfast.bench;

import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How fast one core composes an archive from a store on the disk (warm, so it is our work that is measured and not the
 * disk's): checksums and copies, no compression. The line {@code mebibytes} is MiB of archive a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ArchiveBench {
    private static final int PLAIN_BYTES = 64 << 20;
    private static final int RANGE_BYTES = 1 << 20;
    private static final int TARGET_BYTES = 256 << 10;

    private final ByteBuffer target = ByteBuffer.allocateDirect(TARGET_BYTES);
    private final Random random = new Random(3);
    private SampleDirectory directory;
    private SampleStore store;
    private Archive archive;

    /** What was read, beside how often. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Read {
        private long bytes;

        /** Makes each iteration count from zero. */
        @Setup(Level.Iteration)
        public void reset() {
            bytes = 0;
        }

        /** MiB of archive. */
        public double mebibytes() {
            return bytes / (double) (1 << 20);
        }
    }

    /** Fills a store in a new temporary directory. */
    @Setup
    public void fill() throws IOException {
        directory = SampleDirectory.create();
        store = SampleStore.create(directory.path(), PLAIN_BYTES);
        archive = store.archive();
    }

    /** Removes it. */
    @TearDown
    public void remove() throws IOException {
        store.close();
        directory.close();
    }

    /** The whole archive, from its first byte to its last. */
    @Benchmark
    public ByteBuffer whole(Read read) {
        return read(0, archive.length(), read);
    }

    /** 1 MiB from anywhere, as a client resumes or a range is asked for. */
    @Benchmark
    public ByteBuffer range(Read read) {
        long from = random.nextLong(archive.length() - RANGE_BYTES);
        return read(from, from + RANGE_BYTES, read);
    }

    private ByteBuffer read(long from, long to, Read read) {
        long bytes = 0;
        try (ArchiveReader reader = archive.read(from, to)) {
            for (int n = reader.read(target.clear()); n >= 0; n = reader.read(target.clear())) {
                bytes += n;
            }
        }
        if (bytes != to - from) {
            throw new IllegalStateException("read " + bytes + " bytes of " + (to - from));
        }
        read.bytes += bytes;
        return target;
    }

    /** Runs this class alone, with JMH's own options. */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(args))
                        .include(ArchiveBench.class.getSimpleName())
                        .build())
                .run();
    }
}
