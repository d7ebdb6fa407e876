package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.trouble.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsKeyTest {
    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path folder;

    @Test
    void absentFile_isMadeForItsOwnerOnly() throws IOException {
        SecretsKey.open(file(), random);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file())).matches("holdfast-secret-1 [0-9a-f]{64}\n");
        assertThat(filesInFolder()).as("no draft is left").isEqualTo(1);
    }

    @Test
    void fileThatIsThere_isKept() {
        String id = SecretsKey.open(file(), random).current().id();
        assertThat(SecretsKey.open(file(), random).current().id()).isEqualTo(id);
    }

    @Test
    void processesThatMakeItAtOnce_agree() throws Exception {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        ReadReplaysTest.together(
                () -> ids.add(SecretsKey.open(file(), random).current().id()));
        assertThat(ids).hasSize(1);
        assertThat(filesInFolder()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"})
    void fileThatOthersMayUse_isRefusedWithAHint(String permissions) throws IOException {
        SecretsKey.open(file(), random);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(() -> SecretsKey.open(file(), random))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining(permissions)
                .hasMessageContaining("HINT: chmod 600");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "holdfast-secret-1 ",
                "holdfast-secret-1 00ff",
                "holdfast-secret-2 0000000000000000000000000000000000000000000000000000000000000000",
                "holdfast-secret-1 000000000000000000000000000000000000000000000000000000000000000g"
            })
    void damagedFile_isRefusedWithoutShowingIt(String content) throws IOException {
        SecretsKey.open(file(), random);
        Files.writeString(file(), content);
        assertThatThrownBy(() -> SecretsKey.open(file(), random))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("HINT: bring it back")
                .hasNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("00000000"));
        assertThat(Files.readString(file())).as("never overwritten").isEqualTo(content);
    }

    @Test
    void folderThatIsMissing_isSaidWithAHint() {
        Path missing = folder.resolve("missing").resolve("secrets.key");
        assertThatThrownBy(() -> SecretsKey.open(missing, random))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("HINT:");
    }

    @Test
    void derivedKeys_differFromEachOther() {
        Secret secret = SecretsKey.open(file(), random).current();
        assertThat(secret.nonceKey().getEncoded())
                .hasSize(32)
                .isNotEqualTo(secret.sealKey().getEncoded());
    }

    @Test
    void ha1_isNotInItsText() {
        Ha1 ha1 = new DigestCheck().ha1("abcdefgh", "secret");
        assertThat(ha1.toString()).doesNotContainPattern("[0-9a-f]{8}");
    }

    @Test
    void sealedHa1_opensForItsOwnKeyOnly() {
        SecretsKey secrets = SecretsKey.open(file(), random);
        Ha1 ha1 = new DigestCheck().ha1("abcdefgh", "secret");
        SealedHa1 sealed = SealedHa1.seal(secrets, "abcdefgh", ha1, random);
        assertThat(sealed.open(secrets, "abcdefgh")).isEqualTo(ha1);
        assertThatThrownBy(() -> sealed.open(secrets, "abcdefgi")).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> new SealedHa1(sealed.secretId(), "AAAA").open(secrets, "abcdefgh"))
                .isInstanceOf(Unavailable.class);
        SecretsKey others = SecretsKey.open(folder.resolve("other.key"), random);
        assertThatThrownBy(() -> sealed.open(others, "abcdefgh"))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("HINT: bring back the secrets.key");
    }

    private Path file() {
        return folder.resolve("secrets.key");
    }

    private long filesInFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
