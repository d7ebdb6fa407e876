package dev.holdfast.server.access;

import dev.holdfast.contract.id.KeyId;
import dev.holdfast.contract.publicapi.AccessListEntryJson;
import dev.holdfast.contract.publicapi.ListJson;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.Paging;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import java.util.List;
import java.util.Set;

/**
 * The access list of a personal key, as scripts from before 2019 know it. A personal key is signed with like any other
 * and has no other list, so here a user is a key, and its id the key's. Addresses that are on the list already are
 * passed over. Source: "Whitelist" (MMS 2014).
 */
public final class UserListRoutes implements Routes {
    private final Keys keys;
    private final AccessLists lists;

    /** {@code uses} is asked to write what it gathered before a list is shown. */
    public UserListRoutes(Keys keys, ListUses uses) {
        this.keys = keys;
        this.lists = new AccessLists(keys, uses);
    }

    @Override
    public void addTo(RouteTable table) {
        for (ListSpelling spelling : ListSpelling.values()) {
            String list = "/api/public/v1.0/users/{userId}/" + spelling.segment;
            String entry = list + "/{address}";
            table.add("GET", list, Need.KEY, call -> Answer.ok(page(call, key(call, spelling), spelling)));
            table.addListed("POST", list, Need.KEY, call -> add(call, spelling));
            table.add("GET", entry, Need.KEY, call -> one(call, spelling));
            table.addListed("DELETE", entry, Need.KEY, call -> remove(call, spelling));
        }
    }

    private Answer one(Call call, ListSpelling spelling) {
        ApiKey key = key(call, spelling);
        AddressBlock block = named(call, key, spelling);
        return lists.of(key).stream()
                .filter(entry -> entry.block().equals(block))
                .findFirst()
                .map(entry -> Answer.ok(ListEntryDocument.of(entry, address(call, key, spelling))))
                .orElseThrow(() -> notFound(call, key, spelling));
    }

    private Answer add(Call call, ListSpelling spelling) {
        ApiKey key = key(call, spelling);
        Set<AddressBlock> blocks = AccessListRequest.readOnceEach(call.bodyItems(), spelling);
        lists.addMissing(key, blocks, call.now());
        return Answer.created(page(call, key, spelling), address(call, key, spelling));
    }

    private Answer remove(Call call, ListSpelling spelling) {
        ApiKey key = key(call, spelling);
        AddressBlock block = named(call, key, spelling);
        if (lists.of(key).stream().noneMatch(entry -> entry.block().equals(block))) {
            throw notFound(call, key, spelling);
        }
        lists.remove(key, block, isCaller(call, key) ? call.address() : null, spelling);
        return Answer.empty(204);
    }

    /** The key in the path: the caller's own, or to the owner of everything any. A foreign one is as good as none. */
    private ApiKey key(Call call, ListSpelling spelling) {
        String id = call.pathParameter("userId");
        return KeyId.parse(id)
                .flatMap(keys::find)
                .filter(key -> isCaller(call, key) || call.caller().owns(null))
                .orElseThrow(() -> new Refusal(spelling.userDenied, id));
    }

    private static boolean isCaller(Call call, ApiKey key) {
        return call.caller().name().equals(key.publicKey());
    }

    private static AddressBlock named(Call call, ApiKey key, ListSpelling spelling) {
        try {
            return AddressBlock.parse(call.pathParameter("address"));
        } catch (Refusal refusal) {
            throw notFound(call, key, spelling);
        }
    }

    private static Refusal notFound(Call call, ApiKey key, ListSpelling spelling) {
        return new Refusal(
                spelling.userNotFound, call.pathParameter("address"), key.id().hex());
    }

    private ListJson<AccessListEntryJson> page(Call call, ApiKey key, ListSpelling spelling) {
        String address = address(call, key, spelling);
        List<AccessListEntryJson> entries = lists.of(key).stream()
                .map(entry -> ListEntryDocument.of(entry, address))
                .toList();
        return Paging.of(call).slice(call, entries);
    }

    private static String address(Call call, ApiKey key, ListSpelling spelling) {
        return call.apiUrl() + "/users/" + key.id() + "/" + spelling.segment;
    }
}
