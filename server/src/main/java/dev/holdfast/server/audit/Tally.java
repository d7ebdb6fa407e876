package dev.holdfast.server.audit;

import dev.holdfast.contract.id.GroupId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What anybody may cause without end, summed up: records that differ in their time only are one with a {@code count}.
 * Only so many different ones are kept apart; beyond them only their kind is.
 */
final class Tally {
    /** Different records that are kept apart between two writings. */
    static final int MOST = 64;

    private Map<Key, Sum> sums = new HashMap<>();

    private record Key(AuditKind kind, GroupId group, SortedMap<String, Object> fields) {}

    private record Sum(Instant first, long count) {}

    synchronized void add(AuditRecord record) {
        Key key = new Key(record.kind(), record.group(), record.fields());
        if (!sums.containsKey(key) && sums.size() >= MOST) {
            key = new Key(
                    record.kind(), null, new TreeMap<>(Map.of("what", "more of the same kind, not told one by one")));
        }
        sums.merge(key, new Sum(record.at(), 1), (some, one) -> new Sum(some.first(), some.count() + 1));
    }

    /** What came since the last time, each with the time of its first. */
    synchronized List<AuditRecord> take() {
        List<AuditRecord> taken = new ArrayList<>();
        sums.forEach((key, sum) -> taken.add(
                new AuditRecord(key.kind(), sum.first(), key.group(), key.fields()).with("count", sum.count())));
        sums = new HashMap<>();
        return taken;
    }

    /** Puts back what could not be written; counts are kept as they are. */
    synchronized void putBack(List<AuditRecord> records) {
        for (AuditRecord record : records) {
            TreeMap<String, Object> fields = new TreeMap<>(record.fields());
            long count = fields.remove("count") instanceof Long number ? number : 1;
            Key key = new Key(record.kind(), record.group(), fields);
            if (sums.containsKey(key) || sums.size() < MOST + AuditKind.values().length) {
                sums.merge(
                        key,
                        new Sum(record.at(), count),
                        (now, before) -> new Sum(before.first(), now.count() + before.count()));
            }
        }
    }
}
