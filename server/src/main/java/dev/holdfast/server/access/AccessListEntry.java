package dev.holdfast.server.access;

import java.time.Instant;

/**
 * One entry of a key's access list.
 *
 * @param block the addresses
 * @param created when it was added
 */
public record AccessListEntry(AddressBlock block, Instant created) {}
