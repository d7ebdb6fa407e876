package dev.holdfast.server.audit;

import dev.holdfast.contract.id.GroupId;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is to be recorded. Never put a secret into it.
 *
 * @param at cut off to milliseconds
 * @param group the project it belongs to, null for none
 * @param fields further attributes: strings and longs, by name
 */
public record AuditRecord(AuditKind kind, Instant at, GroupId group, SortedMap<String, Object> fields) {
    private static final int MAX_TEXT = 512;

    /** Copies the fields. */
    public AuditRecord {
        at = Instant.ofEpochMilli(at.toEpochMilli());
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /** A record that says {@code what} happened, in a few words. */
    public static AuditRecord of(AuditKind kind, String what, Instant at) {
        return new AuditRecord(kind, at, null, new TreeMap<>()).with("what", what);
    }

    /** The same, for a project. */
    public AuditRecord in(GroupId other) {
        return new AuditRecord(kind, at, other, fields);
    }

    /** The same, done by somebody. */
    public AuditRecord by(String who) {
        return with("who", who);
    }

    /** The same, done from an address; null for none. */
    public AuditRecord from(InetAddress address) {
        return with("from", address == null ? null : address.getHostAddress());
    }

    /** The same with one more text; null leaves it out. Control characters and what is too long are cut out. */
    public AuditRecord with(String name, String value) {
        if (value == null) {
            return this;
        }
        StringBuilder clean = new StringBuilder();
        value.chars()
                .filter(c -> c >= ' ' && c != 0x7f)
                .limit(MAX_TEXT)
                // half of a pair, which the limit may leave, is no text that a database takes
                .forEach(c -> clean.append(Character.isSurrogate((char) c) ? '?' : (char) c));
        return put(name, clean.toString());
    }

    /** The same with one more number. */
    public AuditRecord with(String name, long value) {
        return put(name, value);
    }

    private AuditRecord put(String name, Object value) {
        TreeMap<String, Object> more = new TreeMap<>(fields);
        more.put(name, value);
        return new AuditRecord(kind, at, group, more);
    }
}
