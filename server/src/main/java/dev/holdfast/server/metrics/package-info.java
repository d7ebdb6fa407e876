/**
 * Figures for Prometheus at {@code /metrics}. What is asked often is counted by whoever does it, in cells that threads do
 * not share; here the sums are read when somebody scrapes. Nothing is looked up, allocated or written for a figure while
 * a request is answered.
 *
 * <p>{@link dev.holdfast.server.metrics.Metrics} is the door; the wiring says what is to be read from where. Figures are
 * of this process and begin anew with it, except those of rows, which every node tells alike.
 */
package dev.holdfast.server.metrics;
