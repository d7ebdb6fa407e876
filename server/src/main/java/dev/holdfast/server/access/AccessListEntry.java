package dev.holdfast.server.access;

import java.time.Instant;

/**
 * One entry of a key's access list.
 *
 * @param block the addresses
 * @param created when it was added
 * @param count how many operations that require the list it admitted
 * @param lastUsed when the last of them was, null when there was none
 * @param lastUsedAddress from where that was, null when there was none
 */
public record AccessListEntry(
        AddressBlock block, Instant created, long count, Instant lastUsed, String lastUsedAddress) {
    /** An entry that was not used. */
    public AccessListEntry(AddressBlock block, Instant created) {
        this(block, created, 0, null, null);
    }
}
