package dev.holdfast.server.audit;

import dev.holdfast.contract.id.GroupId;
import java.time.Instant;

/**
 * Which records are asked for; null does not care.
 *
 * @param from first moment
 * @param to first moment that is too late
 */
record AuditFilter(GroupId group, AuditKind kind, Instant from, Instant to) {}
