package dev.holdfast.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** How a record becomes text, and how texts hang together. A change here breaks every chain there is. */
final class Chain {
    /** What the first record hangs on. */
    static final String BEGINNING = "0".repeat(64);

    private static final JsonMapper MAPPER = new JsonMapper();

    private Chain() {}

    /** The record at its place in the chain, as canonical JSON. */
    static String text(AuditRecord record, long seq) {
        Map<String, Object> all = new TreeMap<>(record.fields());
        all.put("at", record.at().toString());
        all.put("kind", record.kind().name());
        all.put("seq", seq);
        if (record.group() != null) {
            all.put("groupId", record.group().hex());
        }
        try {
            return MAPPER.writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and numbers can be written as JSON", e);
        }
    }

    /** The hash of a record that follows the one with the hash {@code before}. */
    static String hash(String before, String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest((before + "\n" + text).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
