package dev.holdfast.store.cipher.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.trouble.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    private static final byte[] BOUND = {1};

    @TempDir
    private Path folder;

    private final SecureRandom random = new SecureRandom();

    @Test
    void newFile_isForItsOwnerOnly_andTheIdGivesNothingAway() throws IOException {
        Path file = folder.resolve("store.keys");
        String id = KeyFile.add(file, random);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(id).matches("keyfile:[0-9a-f]{16}");
        assertThat(Files.readString(file)).doesNotContain(id.substring("keyfile:".length()));
    }

    @Test
    void key_isKnownByTheIdOfTheFormatPage() throws IOException {
        Path file = Files.writeString(folder.resolve("k"), "# comment\n\n" + "00".repeat(32) + "\n");
        // SHA-256("holdfast master key" | 32 zero bytes), by another program
        assertThat(new KeyFile(file, random).establish("")).isEqualTo("keyfile:" + ZERO_KEY);
    }

    @Test
    void renewing_takesTheNewestLine_orAddsOne() throws Exception {
        Path file = folder.resolve("store.keys");
        String first = KeyFile.add(file, random);
        KeyFile keys = new KeyFile(file, random);
        byte[] wrapped = keys.wrap(first, new byte[32], BOUND);
        String second = keys.renew("", first, 2);
        assertThat(second).isNotEqualTo(first);
        assertThat(keys.renew("", first, 2)).isEqualTo(second);
        assertThat(keys.unwrap(first, wrapped, BOUND)).isEqualTo(new byte[32]);
        assertThat(keys.establish("")).isEqualTo(second);
    }

    @Test
    void wrongFile_isNamed_andLosesNothing() throws IOException {
        Path right = folder.resolve("right");
        String id = KeyFile.add(right, random);
        Path wrong = folder.resolve("wrong");
        KeyFile.add(wrong, random);
        assertThatThrownBy(() -> new KeyFile(wrong, random).unwrap(id, new byte[60], BOUND))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining(id)
                .hasMessageContaining(wrong.toString())
                .hasMessageContaining("HINT:");
    }

    @Test
    void fileThatIsNoKeyFile_isRefused_andNeverQuotedNorAddedTo() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "ab".repeat(32) + "\n" + "ab".repeat(31) + "\n");
        assertThatThrownBy(() -> new KeyFile(file, random).establish(""))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("abab");
        assertThatThrownBy(() -> KeyFile.add(file, random)).isInstanceOf(Unavailable.class);
        assertThat(Files.readString(file)).hasLineCount(2);
        Path empty = Files.writeString(folder.resolve("e"), "# nothing\n");
        assertThatThrownBy(() -> new KeyFile(empty, random).establish("")).hasMessageContaining("no key in it");
        assertThatThrownBy(() -> new KeyFile(folder.resolve("none"), random).establish(""))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("holdfast store-keys make");
    }

    @Test
    void keysThatAreAddedAtOnce_areAllThere_andModeStays() throws Exception {
        Path file = folder.resolve("store.keys");
        KeyFile.add(file, random);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> added = new java.util.ArrayList<>();
            for (int i = 0; i < 40; i++) {
                added.add(threads.submit(() -> KeyFile.add(file, random)));
            }
            for (Future<String> id : added) {
                assertThat(new KeyFile(file, random).wrap(id.get(), new byte[32], BOUND))
                        .hasSize(60);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    private static final String ZERO_KEY = "bc54dc31f12f30bb";
}
