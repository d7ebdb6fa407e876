/**
 * Spans for OpenTelemetry, when an operator names a collector; otherwise this room does not exist and costs nothing. Each
 * request becomes one span when its answer is over, a child of the span that its {@code traceparent} names; so does each
 * sweep. Spans wait in memory for the next batch and go out on a thread of their own: a collector that is slow or gone
 * loses spans and delays no answer. A stop sends what is left, for a few seconds at most; a crash loses the batch.
 */
package dev.holdfast.server.tracing;
