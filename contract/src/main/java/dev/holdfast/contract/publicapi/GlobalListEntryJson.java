package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * An entry of the access list of all global keys.
 *
 * @param cidrBlock the addresses, {@code 192.0.2.7/32} for one
 * @param created ISO 8601
 * @param description what the entry is for, 1 to 250 characters
 * @param type {@code GLOBAL_ROLE}
 * @param updated ISO 8601, when it was changed last
 */
public record GlobalListEntryJson(
        String cidrBlock,
        String created,
        String description,
        String id,
        List<Link> links,
        String type,
        String updated) {}
