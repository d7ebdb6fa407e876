package dev.holdfast.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProfileTest {
    private static final Map<String, String> ALL = Map.of(
            "HOLDFAST_URL", "https://env:8443", "HOLDFAST_PUBLIC_KEY", "envkey", "HOLDFAST_PRIVATE_KEY", "env-secret");

    @TempDir
    private Path folder;

    @Test
    void environmentAlone_isEnough() throws Exception {
        Profile profile = Profile.load(folder.resolve("none"), false, null, ALL);
        assertThat(profile.url()).isEqualTo(URI.create("https://env:8443"));
        assertThat(profile.credentials().privateKey()).isEqualTo("env-secret");
        assertThat(profile).asString().doesNotContain("env-secret");
    }

    @Test
    void namedProfile_winsOverTheTopLevel_andTheEnvironmentOverBoth() throws Exception {
        Path file = file("""
                url = "https://one:8443"
                publicKey = "one"
                privateKey = "secret-one"
                project = "Payments"
                profiles { two { url = "http://two:8080", privateKey = "secret-two" } }
                """, "rw-------");
        Profile two = Profile.load(file, true, "two", Map.of());
        assertThat(two.url()).hasHost("two");
        assertThat(two.credentials().publicKey()).isEqualTo("one");
        assertThat(two.credentials().privateKey()).isEqualTo("secret-two");
        assertThat(two.project()).isEqualTo("Payments");
        assertThat(Profile.load(file, true, "two", ALL).url()).hasHost("env");
        assertThatThrownBy(() -> Profile.load(file, true, "three", Map.of())).hasMessageContaining("no profile three");
    }

    @Test
    void fileWithAKey_thatOthersMayRead_isRefused() throws Exception {
        Path file = file("url = \"https://one:8443\"\npublicKey = one\nprivateKey = secret-one", "rw-r-----");
        assertThatThrownBy(() -> Profile.load(file, true, null, Map.of())).hasMessageContaining("HINT: chmod 600");
        Files.writeString(file, "url = \"https://one:8443\"");
        assertThat(Profile.load(file, true, null, Map.of("HOLDFAST_PUBLIC_KEY", "a", "HOLDFAST_PRIVATE_KEY", "b"))
                        .url())
                .hasHost("one");
    }

    @Test
    void whatIsWrong_isSaid_withoutTheKey() throws Exception {
        Path broken = file("privateKey = \"secret-one", "rw-------");
        assertThatThrownBy(() -> Profile.load(broken, true, null, Map.of()))
                .hasMessageContaining("is not a profile file (line ")
                .hasMessageNotContaining("secret-one");
        assertThatThrownBy(() -> Profile.load(folder.resolve("none"), true, null, ALL))
                .hasMessageContaining("there is no profile file");
        assertThatThrownBy(() -> Profile.load(folder.resolve("none"), false, null, Map.of()))
                .hasMessageContaining("HOLDFAST_URL");
        assertThatThrownBy(() ->
                        Profile.load(folder.resolve("none"), false, null, Map.of("HOLDFAST_URL", "https://one:8443")))
                .hasMessageContaining("with which API key");
        Path noUrl = file("url = \"backup:8443\"\npublicKey = a\nprivateKey = b", "rw-------");
        assertThatThrownBy(() -> Profile.load(noUrl, true, null, Map.of())).hasMessageContaining("not a URL");
    }

    private Path file(String text, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("cli.conf"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
