package dev.holdfast.store.drill;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/** Names of captured files, which are bytes, as paths that this machine can make. Distinct names stay distinct. */
final class FileNames {
    private FileNames() {}

    static Path resolve(Path folder, byte[] name) {
        String text = new String(name, StandardCharsets.UTF_8);
        boolean plain = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), name)
                && text.chars().allMatch(c -> c > ' ' && c < 127 && c != '%');
        return folder.resolve(plain ? text : escaped(name));
    }

    private static String escaped(byte[] name) {
        StringBuilder text = new StringBuilder();
        for (byte b : name) {
            if (b > ' ' && b < 127 && b != '%') {
                text.append((char) b);
            } else {
                text.append('%').append(HexFormat.of().toHexDigits(b));
            }
        }
        return text.toString();
    }
}
