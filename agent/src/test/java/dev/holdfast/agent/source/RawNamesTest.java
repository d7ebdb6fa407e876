package dev.holdfast.agent.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.unpack.RawNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawNamesTest {
    private static final byte[] LATIN = {'c', 'a', 'f', (byte) 0xe9};
    private static final byte[] UTF8 = "größe-日本".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temp;

    /** Names and content of a directory, as this process sees them. */
    public static void main(String[] args) throws InterruptedException {
        DataDirectory directory = DataDirectory.open(Path.of(args[0]), false, Set.of());
        directory.read().readInto(new DirectoryReading.Sink() {
            @Override
            public void entry(FileEntry entry) {
                System.out.println(HexFormat.of().formatHex(entry.path()));
            }

            @Override
            public boolean takesOver(FileEntry entry, FileIdentity identity) {
                return false;
            }

            @Override
            public void file(FileEntry entry, FileIdentity identity, SteadyFile content) {
                byte[] bytes = new byte[(int) entry.size()];
                content.read(bytes, 0, bytes.length);
                System.out.println(
                        HexFormat.of().formatHex(entry.path()) + "=" + new String(bytes, StandardCharsets.US_ASCII));
            }
        });
    }

    @Test
    void namesAreTheSameUnderEveryLocale() throws Exception {
        Path folder = Files.createDirectory(RawNames.resolve(temp, LATIN));
        Files.writeString(RawNames.resolve(folder, UTF8), "one");
        Files.writeString(RawNames.resolve(temp, UTF8), "two");
        String latin = HexFormat.of().formatHex(LATIN);
        String utf8 = HexFormat.of().formatHex(UTF8);
        String expected = String.join("\n", "", latin, latin + "2f" + utf8 + "=one", utf8 + "=two", "");
        for (String locale : new String[] {"C", "C.UTF-8", "POSIX"}) {
            assertThat(inLocale(locale)).as(locale).isEqualTo(expected);
        }
    }

    @Test
    void targetsKeepTheirSlashes() throws IOException, InterruptedException {
        for (String target : new String[] {"/usr", "/usr/", "//usr//lib/", "usr/", "a//b", "../x", "/a/../b"}) {
            Path link = temp.resolve("link");
            Files.deleteIfExists(link);
            new ProcessBuilder("ln", "-s", target, link.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            byte[] raw = RawNames.ofTarget(Files.readSymbolicLink(link), target.length());
            assertThat(new String(raw, StandardCharsets.US_ASCII)).isEqualTo(target);
        }
    }

    private String inLocale(String locale) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RawNamesTest.class.getName(),
                temp.toString());
        builder.environment().put("LC_ALL", locale);
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        byte[] output = process.getInputStream().readAllBytes();
        return new String(output, StandardCharsets.US_ASCII);
    }
}
