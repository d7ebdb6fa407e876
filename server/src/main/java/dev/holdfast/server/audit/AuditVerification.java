package dev.holdfast.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.database.Database;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Walks along the chain and finds the first record that is not as it was written. Also beside running servers. */
public final class AuditVerification {
    private static final int PAGE = 1000;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Database database;
    private final HeadSeal seal;

    /** Does no I/O. {@code keys} as for {@link AuditTrail}. */
    public AuditVerification(Database database, List<HeadKey> keys) {
        this.database = database;
        this.seal = new HeadSeal(keys);
    }

    /**
     * Walks.
     *
     * @param expected {@code SEQ:HASH} that an earlier walk printed, null for none
     */
    public AuditReport run(String expected) {
        AuditHead head = database.read(AuditTable::head);
        if (head == null) {
            return new AuditReport(0, 1, "the head of the chain (the row of audit_head) is gone", "-");
        }
        String end = head.seq() + ":" + head.hash();
        if (!head.untouched() && !seal.holds(head)) {
            return new AuditReport(
                    0, head.seq(), "the head of the chain does not bear our seal, or secrets.key is another one", end);
        }
        String before = Chain.BEGINNING;
        long last = 0;
        boolean met = expected == null;
        while (last < head.seq()) {
            long from = last;
            List<AuditRow> rows = database.read(handle -> AuditTable.walk(handle, from, head.seq(), PAGE));
            if (rows.isEmpty()) {
                return new AuditReport(
                        last, last + 1, "records " + (last + 1) + " to " + head.seq() + " are missing at the end", end);
            }
            for (AuditRow row : rows) {
                String why = wrong(row, last + 1, before);
                if (why != null) {
                    return new AuditReport(last, last + 1, why, end);
                }
                last = row.seq();
                before = row.hash();
                met |= (last + ":" + before).equals(expected);
            }
        }
        return end(head, before, last, met, expected, end);
    }

    private AuditReport end(AuditHead head, String before, long last, boolean met, String expected, String end) {
        if (!before.equals(head.hash())) {
            return new AuditReport(last - 1, last, "the head of the chain has another hash", end);
        }
        if (!met) {
            return new AuditReport(
                    last, last, "the chain does not contain " + expected + ": it was written anew or set back", end);
        }
        long outside = database.read(AuditTable::outside);
        if (outside > 0) {
            return new AuditReport(last, last + 1, outside + " records lie outside of the chain", end);
        }
        return new AuditReport(last, 0, null, end);
    }

    private static String wrong(AuditRow row, long seq, String before) {
        if (row.seq() != seq) {
            return "record " + seq + " is missing";
        }
        if (!row.hash().equals(Chain.hash(before, row.text()))) {
            return "its text or its hash was changed, or the record before it was exchanged";
        }
        try {
            JsonNode text = MAPPER.readTree(row.text());
            boolean same = text.path("seq").longValue() == row.seq()
                    && text.path("kind").asText().equals(row.kind())
                    && Objects.equals(text.path("groupId").textValue(), row.groupId())
                    && Instant.parse(text.path("at").asText()).toEpochMilli() == row.at();
            return same ? null : "its columns do not say what its text says";
        } catch (JsonProcessingException | java.time.format.DateTimeParseException e) {
            return "its text is no record";
        }
    }
}
