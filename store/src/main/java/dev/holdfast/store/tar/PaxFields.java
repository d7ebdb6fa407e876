package dev.holdfast.store.tar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What extended headers (pax, and GNU's long names) say about the entry that follows. Values are bytes. */
final class PaxFields {
    private final Map<String, byte[]> fields = new HashMap<>();

    void put(String key, byte[] value) {
        fields.put(key, value);
    }

    /** Takes records {@code LENGTH KEY=VALUE\n}. */
    void read(byte[] records) throws BadTar {
        int at = 0;
        while (at < records.length && records[at] != 0) {
            int length = 0;
            int digits = at;
            while (digits < records.length && records[digits] >= '0' && records[digits] <= '9' && digits - at < 8) {
                length = length * 10 + records[digits++] - '0';
            }
            int end = at + length;
            int equals = digits;
            while (equals < records.length && records[equals] != '=') {
                equals++;
            }
            if (digits == at
                    || digits >= records.length
                    || records[digits] != ' '
                    || end > records.length
                    || equals >= end - 1
                    || records[end - 1] != '\n') {
                throw new BadTar("a pax header is malformed");
            }
            String key = new String(records, digits + 1, equals - digits - 1, StandardCharsets.UTF_8);
            fields.put(key, Arrays.copyOfRange(records, equals + 1, end - 1));
            at = end;
        }
        for (String key : fields.keySet()) {
            if (key.startsWith("GNU.sparse.")) {
                throw new BadTar("the entry after a pax header is a sparse file, which no archive of ours has");
            }
        }
    }

    byte[] bytes(String key, byte[] otherwise) {
        byte[] value = fields.get(key);
        return value == null ? otherwise : value;
    }

    String text(String key, String otherwise) {
        byte[] value = fields.get(key);
        return value == null ? otherwise : new String(value, StandardCharsets.UTF_8);
    }

    long number(String key, long otherwise) throws BadTar {
        byte[] value = fields.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(new String(value, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            throw new BadTar("the pax header's " + key + " is no number");
        }
    }

    /** Seconds and nanoseconds of a time with a fraction; null if there is none. */
    long[] time(String key) throws BadTar {
        byte[] value = fields.get(key);
        if (value == null) {
            return null;
        }
        String text = new String(value, StandardCharsets.US_ASCII);
        // bounded before it is parsed: 1e999999999 would fill the heap
        if (!text.matches("-?\\d{1,18}(\\.\\d{0,30})?")) {
            throw new BadTar("the pax header's " + key + " is no time");
        }
        BigDecimal time = new BigDecimal(text.endsWith(".") ? text + "0" : text);
        BigInteger seconds = time.setScale(0, RoundingMode.FLOOR).toBigInteger();
        int nanos = time.subtract(new BigDecimal(seconds))
                .movePointRight(9)
                .setScale(0, RoundingMode.FLOOR)
                .intValue();
        return new long[] {seconds.longValue(), nanos};
    }
}
