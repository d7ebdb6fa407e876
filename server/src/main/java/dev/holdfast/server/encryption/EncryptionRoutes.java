package dev.holdfast.server.encryption;

import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Call;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.http.RouteTable;
import dev.holdfast.server.http.Routes;
import dev.holdfast.store.cipher.KeyStatus;
import dev.holdfast.store.cipher.StoreKeys;

/** How the store is encrypted, for the owner of the installation. */
public final class EncryptionRoutes implements Routes {
    private static final String PATH = "/api/holdfast/v1/encryption";

    private final StoreKeys keys;

    /** {@code keys} are those of the store, null if it is not encrypted. */
    public EncryptionRoutes(StoreKeys keys) {
        this.keys = keys;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", PATH, Need.GLOBAL_ADMIN, this::show);
    }

    private Answer show(Call call) {
        KeyStatus status = keys == null ? null : keys.status();
        return Answer.ok(EncryptionDocument.of(status));
    }
}
