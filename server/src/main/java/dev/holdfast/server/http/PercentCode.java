package dev.holdfast.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986, section 2.1) of texts that came in a request line, one character for each byte. */
final class PercentCode {
    private PercentCode() {}

    /**
     * Decodes, or returns null for anything that is not the encoding of a text: a percent sign without two digits, bytes
     * that are not UTF-8, a NUL (which no database takes).
     *
     * @param plusIsSpace true in a query
     */
    static String decode(String text, boolean plusIsSpace) {
        if (isPlain(text, plusIsSpace)) {
            return text;
        }
        byte[] bytes = new byte[text.length()];
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i);
            if (c == '%') {
                if (i + 2 >= text.length()) {
                    return null;
                }
                int high = digit(text.charAt(i + 1));
                int low = digit(text.charAt(i + 2));
                if (high < 0 || low < 0) {
                    return null;
                }
                c = high << 4 | low;
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                c = ' ';
            }
            if (c == 0 || c > 0xff) {
                return null;
            }
            bytes[size++] = (byte) c;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, size))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isPlain(String text, boolean plusIsSpace) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c == 0 || c >= 0x80 || c == '+' && plusIsSpace) {
                return false;
            }
        }
        return true;
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
