package dev.holdfast.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.agent.trouble.CaptureFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentKeyTest {
    @TempDir
    Path temp;

    @Test
    void comesFromTheEnvironmentOrAFile() throws IOException {
        assertThat(AgentKey.find(null, Map.of(AgentKey.VARIABLE, "abc")).authorization())
                .isEqualTo("Bearer abc");
        assertThat(AgentKey.find(file("def\n", "rw-------"), Map.of(AgentKey.VARIABLE, "abc"))
                        .authorization())
                .isEqualTo("Bearer def");
        assertThat(AgentKey.find(file("def", "r--------"), Map.of()).authorization())
                .isEqualTo("Bearer def");
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws IOException {
        for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
            Path file = file("def", mode);
            assertThatThrownBy(() -> AgentKey.find(file, Map.of()))
                    .isInstanceOf(CaptureFailed.class)
                    .hasMessageContaining("HINT: chmod 600 " + file);
        }
    }

    @Test
    void whatIsNoKeyIsRefused() throws IOException {
        assertThatThrownBy(() -> AgentKey.find(null, Map.of()))
                .hasMessageContaining(AgentKey.VARIABLE)
                .hasMessageContaining("HINT: ");
        assertThatThrownBy(() -> AgentKey.find(temp.resolve("none"), Map.of()))
                .hasMessageContaining("there is no key file");
        for (String text : new String[] {"", "\n", "two words", "two\nlines", "gr\u00fc\u00df"}) {
            Path file = file(text, "rw-------");
            assertThatThrownBy(() -> AgentKey.find(file, Map.of()))
                    .isInstanceOf(CaptureFailed.class)
                    .hasMessageContaining("HINT: ");
        }
        Path large = file("x".repeat(5000), "rw-------");
        assertThatThrownBy(() -> AgentKey.find(large, Map.of())).hasMessageContaining("too large");
    }

    @Test
    void isNeverShown() {
        assertThat(AgentKey.of("secret", "x").toString()).doesNotContain("secret");
    }

    private Path file(String text, String mode) throws IOException {
        Path file = Files.createTempFile(temp, "key", "");
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
