package dev.holdfast.store.cipher.kmip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.trouble.Unavailable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Against a real KMIP server, over TLS with certificates. */
@EnabledIfEnvironmentVariable(
        named = "HOLDFAST_TEST_KMIP",
        matches = ".+",
        disabledReason = "no KMIP server: install python3-pykmip and run ./test")
class PyKmipTest {
    private static final byte[] BOUND = "bound".getBytes(StandardCharsets.US_ASCII);

    private final SecureRandom random = new SecureRandom();
    private final String store = HexFormat.of().formatHex(bytes(16));

    @Test
    void dataKeys_areWrappedWithAKeyThatTheServerMade() throws Exception {
        byte[] plain = bytes(96);
        String master;
        byte[] wrapped;
        try (KmipKeys keys = new KmipKeys(settings("localhost"), random)) {
            master = keys.establish(store);
            wrapped = keys.wrap(master, plain, BOUND);
            assertThat(keys.locate("holdfast-" + store)).containsExactly(master.substring("kmip:".length()));
            // after a crash: the same one
            assertThat(keys.establish(store)).isEqualTo(master);
        }
        try (KmipKeys keys = new KmipKeys(settings("127.0.0.1"), random)) {
            assertThat(keys.unwrap(master, wrapped, BOUND)).isEqualTo(plain);
            String next = keys.renew(store, master, 2);
            assertThat(next).isNotEqualTo(master).isEqualTo(keys.renew(store, master, 2));
            assertThatThrownBy(() -> keys.unwrap(next, wrapped, BOUND))
                    .isInstanceOf(dev.holdfast.store.cipher.KeyWrapper.NotThatKey.class);
        }
    }

    @Test
    void registeredKey_isTheSameWhenItIsFetched() throws Exception {
        byte[] key = bytes(32);
        try (KmipKeys keys = new KmipKeys(settings("localhost"), random)) {
            String id = keys.register("registered-" + store, key);
            byte[] wrapped = dev.holdfast.store.cipher.KeyWrap.wrap(key, new byte[32], BOUND, random);
            assertThat(keys.unwrap("kmip:" + id, wrapped, BOUND)).isEqualTo(new byte[32]);
            assertThat(keys.locate("registered-" + store)).containsExactly(id);
            assertThat(keys.server()).isNotBlank();
        }
    }

    @Test
    void keyThatIsNotThere_isNamed() {
        try (KmipKeys keys = new KmipKeys(settings("localhost"), random)) {
            assertThatThrownBy(() -> keys.wrap("kmip:987654321", new byte[32], BOUND))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("master key kmip:987654321")
                    .hasMessageContaining("HINT:");
        }
    }

    @Test
    void serverOfAnotherName_isNotTrusted() {
        KmipSettings byOtherName = settings("127.0.0.2");
        try (KmipKeys keys = new KmipKeys(byOtherName, random)) {
            assertThatThrownBy(keys::server).isInstanceOf(Unavailable.class).hasMessageContaining("HINT:");
        }
    }

    @Test
    void serverOfAnotherAuthority_isNotTrusted(@TempDir Path folder) throws Exception {
        KmipSettings right = settings("localhost");
        // a certificate that signed nothing of theirs
        Path other = Files.copy(right.certificate(), folder.resolve("other.pem"));
        KmipSettings wrong = new KmipSettings(
                right.host(), right.port(), right.certificate(), right.key(), other, null, null, right.timeout(), null);
        try (KmipKeys keys = new KmipKeys(wrong, random)) {
            assertThatThrownBy(keys::server)
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("TLS failed")
                    .hasMessageContaining("encryption.kmip.authority");
        }
    }

    @Test
    void badFiles_areNamed_andNotQuoted(@TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("bad.key"), "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n");
        KmipSettings right = settings("localhost");
        KmipSettings wrong = new KmipSettings(
                right.host(),
                right.port(),
                right.certificate(),
                key,
                right.authority(),
                null,
                null,
                right.timeout(),
                null);
        try (KmipKeys keys = new KmipKeys(wrong, random)) {
            assertThatThrownBy(keys::server)
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining(key.toString())
                    .hasMessageContaining("openssl pkcs8")
                    .hasMessageNotContaining("c2VjcmV0");
        }
    }

    static KmipSettings settings(String host) {
        String[] server = System.getenv("HOLDFAST_TEST_KMIP").split(":", 2);
        Path certificates = Path.of(System.getenv("HOLDFAST_TEST_KMIP_CERTS"));
        return new KmipSettings(
                host,
                Integer.parseInt(server[1]),
                certificates.resolve("client.pem"),
                certificates.resolve("client.key"),
                certificates.resolve("ca.pem"),
                null,
                null,
                Duration.ofSeconds(20),
                null);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
