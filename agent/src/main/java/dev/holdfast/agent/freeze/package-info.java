/**
 * Freezing the data of a host around a capture, with programs that the operator names. See
 * {@link dev.holdfast.agent.freeze.Freezer} for what a crash leaves.
 */
package dev.holdfast.agent.freeze;
