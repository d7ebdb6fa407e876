/**
 * Typed ids, and the only place that parses hexadecimal digits. Text from outside goes through {@code parse}, which
 * answers empty for anything malformed; the constructors are for text that is known to be an id.
 */
package dev.holdfast.contract.id;
