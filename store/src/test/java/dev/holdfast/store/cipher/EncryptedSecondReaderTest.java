package dev.holdfast.store.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.store.cipher.keyfile.KeyFile;
import dev.holdfast.store.packed.PackedSnapshotStore;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/read-archive.py}, which was written from the documents, opens an encrypted store with its key file. */
class EncryptedSecondReaderTest extends SealedCase {
    @TempDir
    private Path folder;

    @Test
    void aReaderMadeFromTheDocumentsAgrees_alsoAfterARotation() throws Exception {
        String python = python();
        if (python == null) {
            System.err.println(
                    "SKIPPED: python3 with its package cryptography is not installed, so the second reader of"
                            + " encrypted stores was not tried");
        }
        assumeTrue(python != null);
        Path keyFile = folder.resolve("store.keys");
        KeyFile.add(keyFile, new SecureRandom());
        SealedBlobStore blobs =
                new SealedBlobStore(raw, new KeyFile(keyFile, new SecureRandom()), LIFETIME, clock, new SecureRandom());
        PackedSnapshotStore store = store(blobs);
        capture(store, PROJECT, PART, files());
        assertThat(read(python, keyFile, PART.hex())).isEqualTo(archive(store, PROJECT, PART));

        blobs.keys().rotate(true);
        var changed = files();
        changed.put("new.wt", "other".repeat(20_000).getBytes(StandardCharsets.US_ASCII));
        capture(store, PROJECT, NEXT, changed);
        assertThat(read(python, keyFile, PART.hex())).isEqualTo(archive(store, PROJECT, PART));
        assertThat(read(python, keyFile, NEXT.hex())).isEqualTo(archive(store, PROJECT, NEXT));

        Path wrong = folder.resolve("wrong.keys");
        KeyFile.add(wrong, new SecureRandom());
        assertThat(new String(read(python, wrong, PART.hex()), StandardCharsets.UTF_8))
                .isEmpty();
    }

    private byte[] read(String python, Path keyFile, String part) throws Exception {
        Path dump = Files.createTempDirectory(folder, "store");
        for (String name : raw.list("")) {
            Path file = dump.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, raw.content(name));
        }
        Path output = dump.resolve("output");
        new ProcessBuilder(
                        python,
                        "../docs/read-archive.py",
                        dump.toString(),
                        PROJECT.hex(),
                        part,
                        "12345678",
                        "--key-file",
                        keyFile.toString())
                .redirectError(dump.resolve("error").toFile())
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        return Files.readAllBytes(output);
    }

    /** The first Python on the path that can decrypt, or null. */
    private static String python() throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(dir -> Path.of(dir, "python3"))
                .filter(Files::isExecutable)
                .forEach(path -> found.add(path.toString()));
        for (String python : found) {
            Process tried = new ProcessBuilder(python, "-c", "import cryptography.hazmat.primitives.ciphers.aead")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (tried.waitFor() == 0) {
                return python;
            }
        }
        return null;
    }
}
