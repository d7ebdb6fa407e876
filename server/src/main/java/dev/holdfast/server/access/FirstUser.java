package dev.holdfast.server.access;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.time.Instant;
import java.util.List;

/** The one key that somebody without a key may make: while there is none, and once. */
final class FirstUser {
    private final Keys keys;

    FirstUser(Keys keys) {
        this.keys = keys;
    }

    /** Refuses whoever comes too late. */
    void requireNobody() {
        if (!keys.<Boolean>reading(KeyTable::isEmpty)) {
            throw tooLate();
        }
    }

    /**
     * Makes a global owner key with that access list.
     *
     * @throws Refusal CANNOT_CREATE_FIRST_USER_USERS_ALREADY_EXIST
     */
    KeyAdministration.Made create(String username, List<AddressBlock> blocks, Instant now) {
        return keys.changing(tx -> {
            // the row decides between two at once, the keys between now and ever
            if (!KeyTable.insertFirstUser(tx, username, now) || !KeyTable.isEmpty(tx)) {
                throw tooLate();
            }
            List<Grant> everything = List.of(Grant.global(Role.GLOBAL_OWNER));
            NewApiKey made = keys.create(tx, "first user, made over the API", everything, now);
            blocks.forEach(block -> keys.allow(tx, made.id(), block, now));
            return new KeyAdministration.Made(keys.find(tx, made.id()).orElseThrow(), made);
        });
    }

    private static Refusal tooLate() {
        return new Refusal(ErrorCode.CANNOT_CREATE_FIRST_USER_USERS_ALREADY_EXIST);
    }
}
