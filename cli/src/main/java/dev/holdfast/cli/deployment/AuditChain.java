package dev.holdfast.cli.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.cli.Api;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * Walks along the audit trail as the API shows it, from the newest record to the first, and holds each hash against the
 * record and the hash before it ({@code docs/audit.md}). A server that lies cannot be found out by this alone, but by a
 * head that was kept from before: with the same hash of an old record, everything up to it is the same.
 */
public final class AuditChain {
    private static final String BEGINNING = "0".repeat(64);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Api api;
    private final Instant until;
    private JsonNode later;
    private Report report;
    private String head;
    private long records;
    private boolean met;

    /**
     * Of the API of one server.
     *
     * @param until records from this time on are left out: they may be written while this walks
     */
    public AuditChain(Api api, Instant until) {
        this.api = api.ofHoldfast();
        this.until = until;
    }

    /**
     * What the walk came to.
     *
     * @param records that were looked at
     * @param head {@code SEQ:HASH} of the newest of them; {@code -} if there is none
     * @param brokenAt the newest record that is not as it was written; 0 if none is
     * @param why null if none is
     */
    public record Report(long records, String head, long brokenAt, String why) {
        /** Whether all are as they were written. */
        public boolean isWhole() {
            return why == null;
        }
    }

    /**
     * Walks.
     *
     * @param expected {@code SEQ:HASH} that must be met on the way, null for none
     * @throws dev.holdfast.cli.ApiRefusal if the key may not read the whole trail
     */
    public Report run(String expected) throws IOException, InterruptedException {
        met = expected == null;
        api.pages("/audit?to=" + Api.segment(until.toString()), page -> page(page, expected));
        if (report == null && later != null) {
            step(later, BEGINNING, 0);
        }
        if (report == null && !met) {
            report = new Report(
                    records,
                    head(),
                    records == 0 ? 1 : seq(later),
                    "the chain does not contain " + expected + ": it was written anew or set back");
        }
        return report == null ? new Report(records, head(), 0, null) : report;
    }

    private boolean page(List<JsonNode> page, String expected) {
        for (JsonNode record : page) {
            records++;
            if (head == null) {
                head = seq(record) + ":" + hash(record);
            }
            met |= (seq(record) + ":" + hash(record)).equals(expected);
            if (later != null) {
                step(later, hash(record), seq(record));
            }
            later = record;
            if (report != null) {
                return false;
            }
        }
        return true;
    }

    /** Whether a record hangs on the one before it. */
    private void step(JsonNode record, String before, long seqBefore) {
        long first = seqBefore + 1;
        long last = seq(record) - 1;
        if (last >= first) {
            String which = first == last ? "record " + last + " is" : "records " + first + " to " + last + " are";
            report = new Report(records, head(), last, which + " missing");
        } else if (last < seqBefore) {
            report = new Report(records, head(), seq(record), "the records are not in their order");
        } else if (!hash(record).equals(hash(before, record))) {
            report = new Report(
                    records,
                    head(),
                    seq(record),
                    "its text or its hash was changed, or the record before it was exchanged");
        }
    }

    private String head() {
        return head == null ? "-" : head;
    }

    private static long seq(JsonNode record) {
        return record.path("seq").asLong();
    }

    private static String hash(JsonNode record) {
        return record.path("hash").asText();
    }

    /** Canonical JSON is what the server hashed: names in order, no spaces. */
    private static String hash(String before, JsonNode record) {
        try {
            TreeMap<String, Object> fields = MAPPER.convertValue(record, new TypeReference<>() {});
            fields.remove("hash");
            String text = before + "\n" + MAPPER.writeValueAsString(fields);
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256, and JSON can be written again", e);
        }
    }
}
