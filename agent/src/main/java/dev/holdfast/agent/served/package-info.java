/**
 * The hosts that an agent which runs all the time serves, and the capturing of one when it is due: freeze, capture, let
 * go.
 */
package dev.holdfast.agent.served;
