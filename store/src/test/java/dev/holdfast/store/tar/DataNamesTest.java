package dev.holdfast.store.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DataNamesTest {
    private final DataNames names = new DataNames();

    @Test
    void namesBelowTheTopFolder_loseIt() throws BadTar {
        assertThat(relative("rs0-1-2")).isEmpty();
        assertThat(relative("rs0-1-2/journal/WiredTigerLog.1")).isEqualTo("journal/WiredTigerLog.1");
        assertThat(relative("./rs0-1-2/a")).isEqualTo("a");
        assertThat(new String(names.top(), StandardCharsets.UTF_8)).isEqualTo("rs0-1-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "",
                "..",
                "../x",
                "top/../x",
                "top/./x",
                "top//x",
                "top/a/..",
                "top/a\0b",
                "./",
                "."
            })
    void namesThatClimbOut_areRefused(String name) {
        assertThatThrownBy(() -> relative(name)).isInstanceOf(BadTar.class);
    }

    @Test
    void secondTopFolder_orAFileBesideIt_isRefused() throws BadTar {
        assertThatThrownBy(() -> relative("file")).isInstanceOf(BadTar.class);
        DataNames others = new DataNames();
        var unused = others.relative(entry(TarEntry.Type.DIRECTORY, "top", ""));
        assertThatThrownBy(() -> others.relative(entry(TarEntry.Type.FILE, "other/x", "")))
                .isInstanceOf(BadTar.class)
                .hasMessageContaining("other/x");
    }

    @ParameterizedTest
    @CsvSource({"a, b", "a, ./b", "d/a, ../b", "d/e/a, ../../b/c", "a, x/y/z"})
    void linksThatStayInside_areTaken(String path, String target) throws BadTar {
        DataNames.requireInside(entry(TarEntry.Type.SYMBOLIC_LINK, "top/" + path, target), bytes(path));
    }

    @ParameterizedTest
    @CsvSource({"a, ..", "a, ../b", "a, /etc", "d/a, ../../b", "d/a, ../x/../..", "d/e/a, x/..", "a, ''"})
    void linksThatLeadOut_orMay_areRefused(String path, String target) {
        assertThatThrownBy(() ->
                        DataNames.requireInside(entry(TarEntry.Type.SYMBOLIC_LINK, "top/" + path, target), bytes(path)))
                .isInstanceOf(BadTar.class)
                .hasMessageContaining(path);
    }

    private String relative(String name) throws BadTar {
        TarEntry.Type type = name.contains("/") || name.equals("file") ? TarEntry.Type.FILE : TarEntry.Type.DIRECTORY;
        return new String(names.relative(entry(type, name, "")), StandardCharsets.UTF_8);
    }

    private static TarEntry entry(TarEntry.Type type, String name, String target) {
        return new TarEntry(type, bytes(name), 0600, 0, 0, "", "", 0, 0, 0, bytes(target));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
