package dev.holdfast.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.unpack.testing.TestArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class UnpackingProperties {
    private static final String[] NAMES = {"a", "b", "..", ".", "", "a/b", "a/../..", "c/", "/etc", "b/../../up"};

    /** Whatever order, types and names an archive has, all that it makes lies in its directory. */
    @Property(tries = 300)
    void noArchive_writesOutsideOfItsDirectory(@ForAll @Size(max = 8) List<@IntRange(max = 999) Integer> entries)
            throws Exception {
        TestArchive archive = new TestArchive().directory("top", 0700);
        for (int seed : entries) {
            String name = "top/" + NAMES[seed % NAMES.length];
            switch (seed / 10 % 4) {
                case 0 -> archive.directory(name, 0700);
                case 1 -> archive.link(name, seed / 100 % 2 == 0 ? "../beside" : "..");
                default -> archive.file(name, 0600, new byte[seed]);
            }
        }
        inAFolder(archive.bytes(), (folder, whole) -> {
            assertThat(folder.resolve("beside")).isEmptyDirectory();
            try (Stream<Path> there = Files.list(folder)) {
                assertThat(there.map(path -> path.getFileName().toString())).isSubsetOf("archive", "beside", "made");
            }
        });
    }

    /** A flipped bit is met by gzip's checksum or the headers' own, or changes nothing. */
    @Property(tries = 300)
    void aDamagedArchive_isRefused_orGivesTheSame(@ForAll @IntRange(max = 100_000) int place, @ForAll byte with)
            throws Exception {
        byte[] content = new byte[5_000];
        Arrays.fill(content, (byte) 7);
        byte[] archive = new TestArchive()
                .directory("top", 0700)
                .file("top/x", 0600, content)
                .bytes();
        archive[place % archive.length] = with;
        inAFolder(archive, (folder, whole) -> {
            if (whole) {
                assertThat(folder.resolve("made/x")).hasBinaryContent(content);
            }
        });
    }

    private interface Check {
        void of(Path folder, boolean whole) throws IOException;
    }

    private static void inAFolder(byte[] archive, Check check) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("unpacking");
        try {
            Path file = Files.write(folder.resolve("archive"), archive);
            Files.createDirectory(folder.resolve("beside"));
            boolean whole = true;
            try {
                Unpacking.unpack(file, "top", folder.resolve("made"), done -> {});
            } catch (BadArchive | IOException e) {
                whole = false;
            }
            check.of(folder, whole);
        } finally {
            List<Path> all = new ArrayList<>();
            try (Stream<Path> walk = Files.walk(folder)) {
                walk.sorted(Comparator.reverseOrder()).forEach(all::add);
            }
            for (Path path : all) {
                Files.delete(path);
            }
        }
    }
}
