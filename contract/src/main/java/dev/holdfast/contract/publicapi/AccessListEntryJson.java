package dev.holdfast.contract.publicapi;

import java.util.List;

/**
 * An entry of an access list.
 *
 * @param cidrBlock always there, {@code 192.0.2.7/32} for one address
 * @param count operations requiring the list that were admitted by this entry
 * @param created ISO 8601
 * @param ipAddress for one address only, else absent
 * @param lastUsed ISO 8601; absent until it is used
 * @param lastUsedAddress absent until it is used
 */
public record AccessListEntryJson(
        String cidrBlock,
        long count,
        String created,
        String ipAddress,
        String lastUsed,
        String lastUsedAddress,
        List<Link> links) {}
