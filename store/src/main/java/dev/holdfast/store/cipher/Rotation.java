package dev.holdfast.store.cipher;

/**
 * What a rotation did.
 *
 * @param before id of the master key before
 * @param masterKey id of the master key now
 * @param finishedOnly whether an earlier rotation was cut short, and this one only finished it
 * @param rings rings that were wrapped anew
 */
public record Rotation(String before, String masterKey, boolean finishedOnly, int rings) {}
