package dev.holdfast.bench;

import dev.holdfast.contract.segment.SegmentCheck;
import dev.holdfast.contract.segment.SegmentEncoder;
import dev.holdfast.contract.segment.SegmentLevel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How fast one core makes and checks segments, beside zlib's levels 1 and 6. The score is MiB of plain bytes a second.
 * Takes 16 MiB of blocks from a real directory when given one: {@code SegmentBench -p directory=DIR}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(SegmentBench.SAMPLE_MIB)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SegmentBench {
    static final int SAMPLE_MIB = 16;
    private static final int BLOCK = 65_536;
    private static final int BLOCKS = SAMPLE_MIB * (1 << 20) / BLOCK;

    /** A data directory, or empty for made-up pages. */
    @Param("")
    public String directory;

    private final SegmentEncoder fast = new SegmentEncoder(SegmentLevel.FAST);
    private final SegmentEncoder small = new SegmentEncoder(SegmentLevel.SMALL);
    private final SegmentCheck segmentCheck = new SegmentCheck();
    private final Deflater zlib1 = new Deflater(1, true);
    private final Deflater zlib6 = new Deflater(6, true);
    private final byte[] target = new byte[SegmentEncoder.maxLength(BLOCK) + BLOCK];
    private final byte[] plain = new byte[BLOCK];
    private final List<byte[]> blocks = new ArrayList<>();
    private final List<byte[]> segments = new ArrayList<>();

    /** Makes or reads the blocks, and encodes them for the check. */
    @Setup
    public void load() throws IOException {
        if (directory.isEmpty()) {
            SamplePages pages = new SamplePages(7);
            while (blocks.size() < BLOCKS) {
                blocks.add(pages.next(BLOCK));
            }
        } else {
            read(Path.of(directory));
        }
        for (byte[] block : blocks) {
            segments.add(Arrays.copyOf(target, fast.encode(block, 0, BLOCK, target, 0)));
        }
    }

    /** The fast level. */
    @Benchmark
    public long fast() {
        return encode(fast);
    }

    /** The small level. */
    @Benchmark
    public long small() {
        return encode(small);
    }

    /** zlib level 1 with a sync flush. */
    @Benchmark
    public long zlib1() {
        return deflate(zlib1);
    }

    /** zlib level 6 with a sync flush. */
    @Benchmark
    public long zlib6() {
        return deflate(zlib6);
    }

    /** The check that every uploaded segment passes. */
    @Benchmark
    public byte[] check() {
        for (byte[] segment : segments) {
            segmentCheck.check(segment, 0, segment.length, plain, BLOCK);
        }
        return plain;
    }

    private long encode(SegmentEncoder encoder) {
        long written = 0;
        for (byte[] block : blocks) {
            written += encoder.encode(block, 0, BLOCK, target, 0);
        }
        return written;
    }

    private long deflate(Deflater deflater) {
        long written = 0;
        for (byte[] block : blocks) {
            deflater.reset();
            deflater.setInput(block);
            written += deflater.deflate(target, 0, target.length, Deflater.SYNC_FLUSH);
        }
        return written;
    }

    private void read(Path root) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        byte[] zeros = new byte[BLOCK];
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] block = in.readNBytes(BLOCK);
                while (block.length == BLOCK && blocks.size() < BLOCKS) {
                    if (!Arrays.equals(block, zeros)) {
                        blocks.add(block);
                    }
                    block = in.readNBytes(BLOCK);
                }
            }
        }
        if (blocks.size() < BLOCKS) {
            throw new IOException(root + " has only " + blocks.size() + " full blocks; HINT: give a directory with "
                    + SAMPLE_MIB + " MiB of data or more");
        }
    }

    /** Runs this class alone, with JMH's own options. */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(args))
                        .include(SegmentBench.class.getSimpleName())
                        .build())
                .run();
    }
}
