package dev.holdfast.server.access;

import dev.holdfast.contract.publicapi.ApiKeyJson;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.server.http.Call;
import java.util.List;
import java.util.function.Function;

/** The key that a call is signed with, as its holder may see it; null when it was deleted a moment ago. */
public final class CallersKey implements Function<Call, ApiKeyJson> {
    private final Keys keys;

    /** Does no I/O. */
    public CallersKey(Keys keys) {
        this.keys = keys;
    }

    @Override
    public ApiKeyJson apply(Call call) {
        return keys.findByPublicKey(call.caller().name())
                .map(key -> KeyDocument.of(key, grant -> true, links(call, key)))
                .orElse(null);
    }

    /** Its page, if it is one that the holder may see. */
    private static List<Link> links(Call call, ApiKey key) {
        if (key.org() != null) {
            return List.of(Link.self(call.apiUrl() + "/orgs/" + key.org() + "/apiKeys/" + key.id()));
        }
        return call.caller().owns(null) ? List.of(Link.self(AdminKeyRoutes.address(call, key))) : List.of();
    }
}
