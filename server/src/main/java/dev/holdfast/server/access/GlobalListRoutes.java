package dev.holdfast.server.access;

import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.GlobalListEntryJson;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.JsonFields;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;

/**
 * The access list that all global keys have in common. Source: "Global Programmatic API Key Access List", until Ops
 * Manager 5.0 "Whitelist": one entry per request, which has an id and a description.
 */
public final class GlobalListRoutes implements Routes {
    private static final String ADMIN = "/api/public/v1.0/admin/";
    private static final String[] READ_ONLY = {"created", "id", "links", "type", "updated"};
    private static final int MAX_DESCRIPTION = 250;

    private final GlobalList list;

    /** Does no I/O. */
    public GlobalListRoutes(Keys keys, ObjectIds ids) {
        this.list = new GlobalList(keys, ids);
    }

    @Override
    public void addTo(RouteTable table) {
        for (ListSpelling spelling : ListSpelling.values()) {
            String all = ADMIN + spelling.segment;
            String one = all + "/{entryId}";
            table.add("GET", all, Need.GLOBAL_READ, call -> list(call, spelling));
            table.addListed("POST", all, Need.GLOBAL_ADMIN, call -> add(call, spelling));
            table.add("GET", one, Need.GLOBAL_READ, call -> one(call, spelling));
            table.addListed("PATCH", one, Need.GLOBAL_ADMIN, call -> change(call, spelling));
            table.addListed("DELETE", one, Need.GLOBAL_ADMIN, call -> remove(call, spelling));
        }
    }

    private Answer list(Call call, ListSpelling spelling) {
        List<GlobalListEntryJson> entries = list.all().stream()
                .map(entry -> document(call, entry, spelling))
                .toList();
        return Answer.ok(Paging.of(call).slice(call, entries));
    }

    private Answer one(Call call, ListSpelling spelling) {
        return Answer.ok(document(call, list.require(id(call), spelling), spelling));
    }

    private Answer add(Call call, ListSpelling spelling) {
        JsonFields fields = JsonFields.of(call).readOnly(READ_ONLY);
        String description = description(fields);
        AddressBlock block = block(fields);
        fields.refuseUnknown();
        fields.required("cidrBlock", block);
        fields.required("description", description);
        GlobalListEntry added = list.add(block, description, who(call), call.now(), spelling);
        return Answer.created(document(call, added, spelling), address(call, added, spelling));
    }

    private Answer change(Call call, ListSpelling spelling) {
        list.require(id(call), spelling);
        JsonFields fields = JsonFields.of(call).readOnly(READ_ONLY);
        String description = description(fields);
        AddressBlock block = block(fields);
        fields.refuseUnknown();
        if (block == null && description == null) {
            throw new Refusal(ErrorCode.MISSING_ONE_OF_ATTRIBUTES, "cidrBlock", "description");
        }
        GlobalListEntry changed = list.change(id(call), block, description, who(call), call.now(), spelling);
        return Answer.ok(document(call, changed, spelling));
    }

    private Answer remove(Call call, ListSpelling spelling) {
        list.remove(id(call), who(call), spelling);
        return Answer.empty(204);
    }

    private static String id(Call call) {
        return call.pathParameter("entryId");
    }

    private static GlobalList.Caller who(Call call) {
        return new GlobalList.Caller((KeyCaller) call.caller(), call.address());
    }

    private static String description(JsonFields fields) {
        String text = fields.text("description");
        if (text != null && (text.isBlank() || text.length() > MAX_DESCRIPTION || text.indexOf('\0') >= 0)) {
            throw fields.refusal(ErrorCode.INVALID_ATTRIBUTE, "description")
                    .saying("description says what the entry is for, in 1 to " + MAX_DESCRIPTION + " characters.");
        }
        return text;
    }

    private static AddressBlock block(JsonFields fields) {
        String text = fields.text("cidrBlock");
        try {
            return text == null ? null : AddressBlock.parse(text);
        } catch (Refusal refusal) {
            throw fields.refusal(ErrorCode.INVALID_ATTRIBUTE, "cidrBlock").saying(refusal.getMessage());
        }
    }

    private static GlobalListEntryJson document(Call call, GlobalListEntry entry, ListSpelling spelling) {
        return new GlobalListEntryJson(
                entry.block().toString(),
                ApiJson.date(entry.created()),
                entry.description(),
                entry.id(),
                List.of(Link.self(address(call, entry, spelling))),
                "GLOBAL_ROLE",
                ApiJson.date(entry.updated()));
    }

    private static String address(Call call, GlobalListEntry entry, ListSpelling spelling) {
        return call.apiUrl() + "/admin/" + spelling.segment + "/" + entry.id();
    }
}
