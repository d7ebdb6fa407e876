package dev.holdfast.store.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A reader of ustar and pax written from the standard, not from our writer, that keeps names as bytes (here: as
 * ISO-8859-1 strings). What libraries do with names that are not UTF-8 differs.
 */
final class PlainTar {
    record Member(
            char type,
            String path,
            int mode,
            long uid,
            long gid,
            String user,
            String group,
            long mtime,
            String link,
            byte[] content) {}

    private PlainTar() {}

    static byte[] gunzip(byte[] archive) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(archive))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Member> read(byte[] tar) {
        List<Member> members = new ArrayList<>();
        Map<String, String> pax = new HashMap<>();
        int at = 0;
        while (tar[at] != 0) {
            byte[] header = Arrays.copyOfRange(tar, at, at + 512);
            requireChecksum(header);
            at += 512;
            char type = (char) header[156];
            long size = pax.containsKey("size") ? Long.parseLong(pax.get("size")) : number(header, 124, 12);
            byte[] content = Arrays.copyOfRange(tar, at, at + (int) size);
            at += (int) ((size + 511) / 512 * 512);
            if (type == 'x') {
                pax = records(content);
                continue;
            }
            members.add(member(header, type, pax, content));
            pax = new HashMap<>();
        }
        if (tar.length % 10240 != 0 || tar.length - at < 1024) {
            throw new AssertionError("the tar ends wrong: " + at + " of " + tar.length);
        }
        return members;
    }

    private static Member member(byte[] header, char type, Map<String, String> pax, byte[] content) {
        String prefix = text(header, 345, 155);
        String name = text(header, 0, 100);
        return new Member(
                type,
                pax.getOrDefault("path", prefix.isEmpty() ? name : prefix + "/" + name),
                (int) number(header, 100, 8),
                numberOr(pax, "uid", header, 108, 8),
                numberOr(pax, "gid", header, 116, 8),
                pax.getOrDefault("uname", text(header, 265, 32)),
                pax.getOrDefault("gname", text(header, 297, 32)),
                numberOr(pax, "mtime", header, 136, 12),
                pax.getOrDefault("linkpath", text(header, 157, 100)),
                content);
    }

    private static long numberOr(Map<String, String> pax, String key, byte[] header, int offset, int length) {
        long inHeader = number(header, offset, length);
        if (pax.containsKey(key) && Long.parseLong(pax.get(key)) != inHeader) {
            throw new AssertionError(key + " is " + pax.get(key) + " in pax, " + inHeader + " in the header");
        }
        return inHeader;
    }

    private static long number(byte[] header, int offset, int length) {
        if ((header[offset] & 0x80) == 0) {
            return Long.parseLong(text(header, offset, length), 8);
        }
        byte[] digits = Arrays.copyOfRange(header, offset, offset + length);
        digits[0] = (byte) ((digits[0] & 0x40) == 0 ? digits[0] & 0x7f : digits[0]);
        return new java.math.BigInteger(digits).longValueExact();
    }

    private static Map<String, String> records(byte[] content) {
        Map<String, String> records = new HashMap<>();
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int at = 0;
        while (at < text.length()) {
            int space = text.indexOf(' ', at);
            int end = at + Integer.parseInt(text.substring(at, space));
            String record = text.substring(space + 1, end - 1);
            if (text.charAt(end - 1) != '\n') {
                throw new AssertionError("a pax record does not end with a new line: " + record);
            }
            int equals = record.indexOf('=');
            records.put(record.substring(0, equals), record.substring(equals + 1));
            at = end;
        }
        return records;
    }

    private static void requireChecksum(byte[] header) {
        int sum = 8 * ' ';
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? 0 : header[i] & 0xff;
        }
        String written = new String(header, 148, 8, StandardCharsets.ISO_8859_1);
        if (!written.equals(String.format("%06o\0 ", sum))) {
            throw new AssertionError("checksum " + written + ", not " + Integer.toOctalString(sum));
        }
        if (!new String(header, 257, 8, StandardCharsets.ISO_8859_1).equals("ustar\00000")) {
            throw new AssertionError("not ustar");
        }
    }

    private static String text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.ISO_8859_1);
    }
}
