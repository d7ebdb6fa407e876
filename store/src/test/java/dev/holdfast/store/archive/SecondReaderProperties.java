package dev.holdfast.store.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.segment.SegmentLevel;
import dev.holdfast.store.Archive;
import dev.holdfast.store.ArchiveFrame.ExtraFile;
import dev.holdfast.store.format.Checksums;
import dev.holdfast.store.format.FileStart;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** {@code docs/read-archive.py}, which was written from the documents, must make the very same bytes. */
class SecondReaderProperties {
    private static Path folder;
    private static boolean installed;

    @BeforeContainer
    static void lookForPython() throws IOException {
        folder = Files.createTempDirectory("second-reader");
        installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, "python3")));
        if (!installed) {
            System.err.println("SKIPPED: python3 is not installed, so the format's second reader was not tried");
        }
    }

    @AfterContainer
    static void cleanUp() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Property(tries = 15)
    void aReaderMadeFromTheDocumentsAgrees(@ForAll("trees") List<TestFile> files, @ForAll("topFolders") String top)
            throws Exception {
        if (!installed) {
            return;
        }
        TestStore store = new TestStore();
        ExtraFile extra = new ExtraFile("restoreInfo.txt", 0644, "Restore\n".getBytes(StandardCharsets.UTF_8));
        Archive archive = store.write(TestStore.part(1), TestStore.frame(top.length(), extra), files)
                .archive(top);
        Path dump = dump(store);
        Path output = dump.resolve("output");

        Process reader = new ProcessBuilder(
                        "python3",
                        "../docs/read-archive.py",
                        dump.toString(),
                        TestStore.PROJECT.hex(),
                        TestStore.part(1).hex(),
                        top)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();

        assertThat(reader.waitFor()).isZero();
        assertThat(Files.readAllBytes(output)).isEqualTo(TestStore.read(archive));
    }

    @Provide
    Arbitrary<List<TestFile>> trees() {
        return Trees.trees(true);
    }

    @Provide
    Arbitrary<String> topFolders() {
        return Trees.topFolders();
    }

    private static Path dump(TestStore store) throws IOException {
        Path dump = Files.createTempDirectory(folder, "store");
        for (String blob : store.blobs.list("")) {
            Path path = dump.resolve(blob);
            Files.createDirectories(path.getParent());
            Files.write(path, store.bytes(blob));
        }
        byte[] zero = store.descriptor.zeroSegment();
        ByteBuffer descriptor = ByteBuffer.allocate(FileStart.LENGTH + 9 + zero.length + 4);
        FileStart.write(descriptor, "HOLDSTOR", store.descriptor.storeId());
        descriptor.putInt(TestStore.BLOCK).put((byte) (SegmentLevel.SMALL.ordinal() + 1));
        descriptor.putInt(zero.length).put(zero);
        descriptor.putInt(Checksums.crc32c(descriptor.array(), 0, descriptor.position()));
        Files.write(dump.resolve("store"), descriptor.array());
        return dump;
    }
}
