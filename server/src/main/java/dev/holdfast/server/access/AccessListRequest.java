package dev.holdfast.server.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.JsonFields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The body of a request that adds to an access list: an array of {@code {ipAddress}} or {@code {cidrBlock}}. */
final class AccessListRequest {
    private static final String[] READ_ONLY = {"count", "created", "lastUsed", "lastUsedAddress", "links"};

    private AccessListRequest() {}

    /** The blocks, in order, at least one, no two the same. */
    static Set<AddressBlock> read(List<ObjectNode> items, ListSpelling spelling) {
        Set<AddressBlock> blocks = readOnceEach(items, spelling);
        if (blocks.size() < items.size()) {
            throw new Refusal(ErrorCode.DUPLICATE_ADDRESSES_IN_INPUT);
        }
        return blocks;
    }

    /** As {@link #read}, but what is there twice counts once. */
    static Set<AddressBlock> readOnceEach(List<ObjectNode> items, ListSpelling spelling) {
        if (items.isEmpty()) {
            throw new Refusal(spelling.bad).saying("The array has no entry.");
        }
        Set<AddressBlock> blocks = new LinkedHashSet<>();
        for (ObjectNode item : items) {
            blocks.add(block(JsonFields.of(item), spelling));
        }
        return blocks;
    }

    private static AddressBlock block(JsonFields fields, ListSpelling spelling) {
        fields.readOnly(READ_ONLY);
        String address = fields.text("ipAddress");
        String cidr = fields.text("cidrBlock");
        fields.refuseUnknown();
        if (address != null && cidr != null) {
            throw new Refusal(spelling.bad);
        }
        if (address == null && cidr == null) {
            throw new Refusal(ErrorCode.MISSING_ONE_OF_ATTRIBUTES, "ipAddress", "cidrBlock");
        }
        String name = address == null ? "cidrBlock" : "ipAddress";
        try {
            AddressBlock block = AddressBlock.parse(address == null ? cidr : address);
            if (address == null || block.singleAddress() != null) {
                return block;
            }
        } catch (Refusal refusal) {
            throw fields.refusal(ErrorCode.INVALID_ATTRIBUTE, name).saying(refusal.getMessage());
        }
        throw fields.refusal(ErrorCode.INVALID_ATTRIBUTE, name)
                .saying("'" + address + "' is no single address.\nHINT: give a block as cidrBlock.");
    }
}
