package dev.holdfast.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values that are wrong wherever they stand. */
final class BadValues {
    static final List<String> CONTENT_TYPES = List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/xml",
            "application/jsonp",
            "application/json5; x",
            "json",
            "text/json",
            "*/*",
            "application/octet-stream");

    static final List<String> QUERIES = List.of(
            "", "x", "-1", "1.5", "%00", "%27%20OR%201=1--", "%ff%fe", "F".repeat(24), "9".repeat(40), "%F0%9F%92%A3");

    static final List<String> ODD_QUERIES =
            List.of("%", "&&&=", "%zz=1", "pageNum=1&pageNum=x", "a[]=1", "x=" + "y".repeat(4000), "PAGENUM=0");

    static final List<String> JSON = List.of(
            "null",
            "\"\"",
            "\" \"",
            "0",
            "-1",
            "1.5",
            "1e999",
            "99999999999999999999",
            "true",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "{\"a\":{\"b\":1}}",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"'; DROP TABLE project; --\"",
            "\"{\\\"$gt\\\":\\\"\\\"}\"",
            "\"" + "x".repeat(5000) + "\"",
            "\"" + "F".repeat(24) + "\"",
            "\"" + Examples.UNKNOWN + "\"",
            "\"2016-13-45T99:00:00Z\"",
            "\"\\u202e\\ufeff\"");

    private BadValues() {}

    /** Segments of a path, as sent. Some may be right by chance: whoever uses them takes the good one out. */
    static List<String> segments(String good) {
        return List.of(
                good.substring(1),
                good + "0",
                good.toUpperCase(Locale.ROOT),
                good.substring(0, good.length() - 1) + "g",
                good + "%0A",
                "%20" + good,
                good + "%00",
                "%EF%BC%91" + good.substring(1),
                "null",
                "-1",
                "%27%20OR%201=1--",
                "%22%7D%2C%7B%22",
                "..",
                "%2e%2e%2f",
                "%c0%af",
                "%ff",
                "%",
                "%zz",
                "\u00e9",
                "x".repeat(2000));
    }

    /** Bodies that are no object, or no JSON at all. */
    static Map<String, byte[]> bodies(String good) {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("empty", "");
        texts.put("white space", "  \n");
        texts.put("null", "null");
        texts.put("number", "1");
        texts.put("string", "\"x\"");
        texts.put("true", "true");
        texts.put("unended", good.substring(0, good.length() - 1));
        texts.put("trailing", good + "}");
        texts.put("twice", good + good);
        texts.put("comment", "/**/" + good);
        texts.put("single quotes", "{'a':1}");
        texts.put("unquoted", "{a:1}");
        texts.put("trailing comma", "{\"a\":1,}");
        texts.put("no colon", "{\"a\" 1}");
        texts.put("NaN", "{\"a\":NaN}");
        texts.put("leading zero", "{\"a\":01}");
        texts.put("raw control", "{\"a\":\"\u0001\"}");
        texts.put("bad escape", "{\"a\":\"\\x\"}");
        texts.put("deep array", "[".repeat(10_000));
        texts.put("deep object", "{\"a\":".repeat(10_000));
        texts.put("deep and closed", "[".repeat(2000) + "]".repeat(2000));
        texts.put("array in array", "[[]]");
        texts.put("array of null", "[null]");
        texts.put("duplicate keys", "{\"a\":1,\"a\":2}");
        texts.put("unknown key", "{\"noSuchAttribute\":1}");
        texts.put("empty key", "{\"\":1}");
        texts.put("NUL key", "{\"\\u0000\":1}");
        texts.put("prototype", "{\"__proto__\":{\"a\":1}}");
        texts.put("long key", "{\"" + "k".repeat(60_000) + "\":1}");
        texts.put("long number", "{\"a\":" + "9".repeat(5000) + "}");
        texts.put("too long", "{\"a\":\"" + "x".repeat(2_000_000) + "\"}");
        texts.put("form", "a=1&b=2");
        texts.put("xml", "<a/>");
        texts.forEach((name, text) -> bodies.put(name, text.getBytes(StandardCharsets.UTF_8)));
        bodies.put("NUL", new byte[] {0});
        bodies.put("bad UTF-8", new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'});
        bodies.put("overlong", new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'});
        bodies.put("surrogate", new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'});
        bodies.put("cut UTF-8", new byte[] {'{', '"', (byte) 0xe2, (byte) 0x82});
        bodies.put("UTF-16", good.getBytes(StandardCharsets.UTF_16LE));
        bodies.put("gzip", new byte[] {0x1f, (byte) 0x8b, 8, 0});
        return bodies;
    }
}
