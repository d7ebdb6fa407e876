package dev.holdfast.server.access;

import dev.holdfast.contract.publicapi.AccessListEntryJson;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.Link;
import java.util.List;

/** An entry of a key's access list as the API shows it. */
final class ListEntryDocument {
    private ListEntryDocument() {}

    /** {@code list}: the address of the list. */
    static AccessListEntryJson of(AccessListEntry entry, String list) {
        AddressBlock block = entry.block();
        return new AccessListEntryJson(
                block.toString(),
                entry.count(),
                ApiJson.date(entry.created()),
                block.singleAddress(),
                entry.lastUsed() == null ? null : ApiJson.date(entry.lastUsed()),
                entry.lastUsedAddress(),
                List.of(Link.self(list + "/" + block.shortest().replace("/", "%2F"))));
    }
}
