package dev.holdfast.server.access;

import java.time.Instant;

/**
 * An entry of the access list that all global keys have in common.
 *
 * @param id 24 hexadecimal digits
 * @param block the addresses
 * @param description what they are for
 * @param created when it was added
 * @param updated when it was changed last
 */
record GlobalListEntry(String id, AddressBlock block, String description, Instant created, Instant updated) {}
