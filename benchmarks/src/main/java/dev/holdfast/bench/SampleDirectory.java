package dev.holdfast.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary directory of one benchmark, gone when it is closed. */
record SampleDirectory(Path path) implements AutoCloseable {
    /** Makes it. */
    static SampleDirectory create() throws IOException {
        return new SampleDirectory(Files.createTempDirectory("holdfast-bench"));
    }

    @Override
    public void close() throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(path)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : paths) {
            Files.delete(each);
        }
    }
}
