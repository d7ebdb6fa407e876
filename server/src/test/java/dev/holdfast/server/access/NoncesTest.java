package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NoncesTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path folder;

    private Path file;
    private Nonces nonces;

    @BeforeEach
    void open() {
        file = folder.resolve("secrets.key");
        nonces = open(file);
    }

    @Test
    void nonce_hasNothingThatBreaksClients() {
        assertThat(nonces.issue(NOW)).matches("[A-Za-z0-9_-]{44}").isNotEqualTo(nonces.issue(NOW));
    }

    @Test
    void nonce_isAcceptedForItsLifetime() {
        String nonce = nonces.issue(NOW);
        assertThat(nonces.accept(nonce, NOW)).isPresent();
        assertThat(nonces.accept(nonce, NOW.plus(LIFETIME))).isPresent();
        assertThat(nonces.accept(nonce, NOW.plus(LIFETIME).plusMillis(1))).isEmpty();
    }

    @Test
    void nonceOfAClockThatIsAhead_isAcceptedWithinAMinute() {
        String nonce = nonces.issue(NOW);
        assertThat(nonces.accept(nonce, NOW.minusSeconds(60))).isPresent();
        assertThat(nonces.accept(nonce, NOW.minusSeconds(61))).isEmpty();
    }

    @Test
    void end_isWhenNoNodeAcceptsItAnyMore() {
        NonceId nonce = nonces.accept(nonces.issue(NOW), NOW).orElseThrow();
        assertThat(nonces.end(nonce)).isEqualTo(NOW.plus(LIFETIME).plusSeconds(60));
    }

    @Test
    void eachCharacterIsProtected() {
        String nonce = nonces.issue(NOW);
        for (int i = 0; i < nonce.length(); i++) {
            char other = nonce.charAt(i) == 'A' ? 'B' : 'A';
            String changed = nonce.substring(0, i) + other + nonce.substring(i + 1);
            assertThat(nonces.accept(changed, NOW)).as("character %s", i).isEmpty();
        }
    }

    @Test
    void otherTexts_areNoNonces() {
        String nonce = nonces.issue(NOW);
        for (String text : new String[] {
            "",
            "x",
            nonce + "A",
            nonce.substring(1),
            nonce + "=",
            nonce.substring(1) + "=",
            "*".repeat(44),
            "A".repeat(44)
        }) {
            assertThat(nonces.accept(text, NOW)).as(text).isEmpty();
        }
        assertThat(nonces.accept("I+xG4xb7bUgq8uMBCuAxZPI+VDDcJ9q1", NOW)).isEmpty();
    }

    @Test
    void nodesWithTheSameSecrets_acceptEachOthersNonces() {
        assertThat(open(file).accept(nonces.issue(NOW), NOW)).isPresent();
    }

    @Test
    void nonceOfOtherSecrets_isForeign() {
        assertThat(open(folder.resolve("other.key")).accept(nonces.issue(NOW), NOW))
                .isEmpty();
    }

    @Test
    void previousSecret_isAcceptedAndTheFirstLineSigns() throws IOException {
        String old = nonces.issue(NOW);
        String oldLine = Files.readString(file);
        Files.delete(file);
        Nonces fresh = open(file);
        Files.writeString(file, Files.readString(file) + oldLine);
        Nonces both = open(file);
        assertThat(both.accept(old, NOW)).isPresent();
        assertThat(fresh.accept(both.issue(NOW), NOW)).isPresent();
        assertThat(fresh.accept(old, NOW)).isEmpty();
    }

    private Nonces open(Path secrets) {
        return new Nonces(SecretsKey.open(secrets, random), LIFETIME, random);
    }
}
