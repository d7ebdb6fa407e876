package dev.holdfast.server.access;

import dev.holdfast.contract.publicapi.AccessListEntryJson;
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
 * The access list of a key of an organisation, for the key itself and for the owners of the organisation; under
 * {@code accessList} and, as it was called, {@code whitelist}.
 */
public final class AccessListRoutes implements Routes {
    private static final String KEY = "/api/public/v1.0/orgs/{orgId}/apiKeys/{keyId}/";

    private final KeyAdministration keys;
    private final AccessLists lists;

    /** {@code uses} is asked to write what it gathered before a list is shown. */
    public AccessListRoutes(Keys keys, Tenants tenants, ListUses uses) {
        this.keys = new KeyAdministration(keys, tenants);
        this.lists = new AccessLists(keys, uses);
    }

    @Override
    public void addTo(RouteTable table) {
        for (ListSpelling spelling : ListSpelling.values()) {
            String list = KEY + spelling.segment;
            String entry = list + "/{address}";
            table.add("GET", list, Need.ORG_READ, call -> list(call, spelling));
            table.addListed("POST", list, Need.ORG_READ, call -> add(call, spelling));
            table.add("GET", entry, Need.ORG_READ, call -> one(call, spelling));
            table.addListed("DELETE", entry, Need.ORG_READ, call -> remove(call, spelling));
        }
    }

    private Answer list(Call call, ListSpelling spelling) {
        return Answer.ok(page(call, key(call, spelling), spelling));
    }

    private Answer one(Call call, ListSpelling spelling) {
        ApiKey key = key(call, spelling);
        AddressBlock block = named(call, spelling);
        return lists.of(key).stream()
                .filter(entry -> entry.block().equals(block))
                .findFirst()
                .map(entry -> Answer.ok(ListEntryDocument.of(entry, address(call, key, spelling))))
                .orElseThrow(() -> new Refusal(spelling.notFound));
    }

    private Answer add(Call call, ListSpelling spelling) {
        ApiKey key = key(call, spelling);
        Set<AddressBlock> blocks = AccessListRequest.read(call.bodyItems(), spelling);
        lists.add(key, blocks, call.now(), spelling);
        return Answer.created(page(call, key, spelling), address(call, key, spelling));
    }

    private Answer remove(Call call, ListSpelling spelling) {
        ApiKey key = key(call, spelling);
        AddressBlock block = named(call, spelling);
        lists.remove(key, block, isCaller(call, key) ? call.address() : null, spelling);
        return Answer.empty(204);
    }

    /** The key in the path, if its list is the caller's business. */
    private ApiKey key(Call call, ListSpelling spelling) {
        ApiKey key = keys.require(call.org(), call.pathParameter("keyId"));
        if (!isCaller(call, key) && !call.caller().owns(call.org())) {
            throw new Refusal(spelling.denied);
        }
        return key;
    }

    private static boolean isCaller(Call call, ApiKey key) {
        return call.caller().name().equals(key.publicKey());
    }

    /** The block in the path; what is none is on no list. */
    private static AddressBlock named(Call call, ListSpelling spelling) {
        try {
            return AddressBlock.parse(call.pathParameter("address"));
        } catch (Refusal refusal) {
            throw new Refusal(spelling.notFound);
        }
    }

    private Object page(Call call, ApiKey key, ListSpelling spelling) {
        List<AccessListEntryJson> entries = lists.of(key).stream()
                .map(entry -> ListEntryDocument.of(entry, address(call, key, spelling)))
                .toList();
        return Paging.of(call).slice(call, entries);
    }

    private static String address(Call call, ApiKey key, ListSpelling spelling) {
        return call.apiUrl() + "/orgs/" + call.org() + "/apiKeys/" + key.id() + "/" + spelling.segment;
    }
}
