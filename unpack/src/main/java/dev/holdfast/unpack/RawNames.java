package dev.holdfast.unpack;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Names of files as the bytes that the kernel knows. On Unix a {@link Path} that came from a directory stream, a link or
 * a URI keeps those bytes, and its URI shows each of them, as itself or as {@code %XX}; only {@code toString} decodes
 * them with the locale's encoding, and loses those that do not fit it.
 */
public final class RawNames {
    // below something that is no directory nothing exists, so the URI never gets a slash for being one
    private static final Path NOWHERE = Path.of("/dev/null");
    private static final int NOWHERE_LENGTH = "/dev/null/".length();

    private RawNames() {}

    /** The bytes of a name or a relative path. */
    public static byte[] ofRelative(Path relative) {
        byte[] whole = decode(NOWHERE.resolve(relative).toUri().getRawPath());
        return Arrays.copyOfRange(whole, NOWHERE_LENGTH, whole.length);
    }

    /**
     * The bytes of a link's target, relative or absolute, as they were read.
     *
     * @param length how many there are, which is what {@code lstat} calls the size of the link
     */
    public static byte[] ofTarget(Path target, long length) {
        if (!target.isAbsolute()) {
            return ofRelative(target);
        }
        byte[] bytes = decode(target.toUri().getRawPath());
        // the URI of what is a directory got a slash
        return bytes.length == length + 1 ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    /** The path below {@code directory} that has these bytes. */
    public static Path resolve(Path directory, byte[] relative) {
        if (relative.length == 0) {
            return directory;
        }
        String base = directory.toAbsolutePath().toUri().getRawPath();
        StringBuilder uri = new StringBuilder("file://").append(base);
        if (!base.endsWith("/")) {
            uri.append('/');
        }
        for (byte b : relative) {
            int c = b & 0xff;
            if (c == '/' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
                uri.append((char) c);
            } else {
                uri.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return Path.of(URI.create(uri.toString()));
    }

    private static byte[] decode(String rawPath) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(rawPath.length());
        for (int i = 0; i < rawPath.length(); i++) {
            char c = rawPath.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(rawPath, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }
}
