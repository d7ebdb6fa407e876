package dev.holdfast.server.audit;

/**
 * A record as it is stored.
 *
 * @param at epoch milliseconds
 * @param groupId null for none
 */
record AuditRow(long seq, long at, String kind, String groupId, String text, String hash) {}
