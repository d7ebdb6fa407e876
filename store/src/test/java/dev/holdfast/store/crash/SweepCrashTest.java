package dev.holdfast.store.crash;

import dev.holdfast.store.blob.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** On a disk. */
class SweepCrashTest extends SweepCrashContract {
    @TempDir
    Path folder;

    @Override
    protected BlobStore open(String place) {
        return CrashingCapture.open(folder.resolve(place));
    }

    @Override
    protected void copy(String from, String to) throws IOException {
        Path source = folder.resolve(from);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path path : files.toList()) {
                Files.copy(path, folder.resolve(to).resolve(source.relativize(path)));
            }
        }
    }

    @Override
    protected int sweepAndDie(String place, int step) throws Exception {
        return KilledProcess.run(CrashingSweep.class, folder.resolve(place).toString(), Integer.toString(step));
    }
}
