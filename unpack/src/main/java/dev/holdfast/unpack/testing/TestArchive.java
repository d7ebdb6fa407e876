package dev.holdfast.unpack.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Writes archives, also such as Holdfast would never write. */
public final class TestArchive {
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    /** A directory; its name ends with a slash as usual. */
    public TestArchive directory(String name, int mode) {
        return entry('5', name + "/", mode, "", new byte[0]);
    }

    /** A file. */
    public TestArchive file(String name, int mode, byte[] content) {
        return entry('0', name, mode, "", content);
    }

    /** A symbolic link. */
    public TestArchive link(String name, String target) {
        return entry('2', name, 0777, target, new byte[0]);
    }

    /** A pax header with one record, for the entry that follows. */
    public TestArchive pax(String key, String value) {
        byte[] rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8);
        int length = rest.length + 1;
        while (Integer.toString(length).length() + rest.length != length) {
            length++;
        }
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
        record.writeBytes(rest);
        return entry('x', "././@PaxHeader", 0644, "", record.toByteArray());
    }

    /** Any entry. */
    public TestArchive entry(char type, String name, int mode, String target, byte[] content) {
        byte[] header = new byte[512];
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, 0, Math.min(100, bytes.length));
        put(header, 100, octal(mode, 7));
        put(header, 108, octal(1000, 7));
        put(header, 116, octal(1000, 7));
        put(header, 124, octal(content.length, 11));
        put(header, 136, octal(1_456_098_690, 11));
        header[156] = (byte) type;
        put(header, 157, target);
        put(header, 257, "ustar\u000000");
        put(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, octal(sum, 6) + "\0 ");
        tar.writeBytes(header);
        tar.writeBytes(content);
        tar.writeBytes(new byte[-content.length & 511]);
        return this;
    }

    /** The whole of it as {@code .tar.gz}. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(tar.toByteArray());
            gzip.write(new byte[1024]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String octal(long value, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "o", value);
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
