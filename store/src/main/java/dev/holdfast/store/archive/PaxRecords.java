package dev.holdfast.store.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The records of one pax extended header (POSIX.1-2001): {@code LENGTH KEY=VALUE\n}, LENGTH counting itself. */
final class PaxRecords {
    private final ByteArrayOutputStream records = new ByteArrayOutputStream();

    void add(String key, byte[] value) {
        byte[] keyBytes = key.getBytes(StandardCharsets.US_ASCII);
        int rest = 1 + keyBytes.length + 1 + value.length + 1;
        int length = rest + 1;
        while (rest + Integer.toString(length).length() != length) {
            length = rest + Integer.toString(length).length();
        }
        records.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
        records.write(' ');
        records.writeBytes(keyBytes);
        records.write('=');
        records.writeBytes(value);
        records.write('\n');
    }

    void add(String key, long value) {
        add(key, Long.toString(value).getBytes(StandardCharsets.US_ASCII));
    }

    byte[] bytes() {
        return records.toByteArray();
    }

    static boolean isUtf8(byte[] bytes) {
        try {
            var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
