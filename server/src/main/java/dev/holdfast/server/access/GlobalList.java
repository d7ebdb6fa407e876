package dev.holdfast.server.access;

import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The access list that all global keys have in common, beside the one of each. It counts for them as if its entries
 * were on their own: a global key that had no list has one from the first entry on.
 */
final class GlobalList {
    private static final int MOST_ENTRIES = 200;

    private final Keys keys;
    private final ObjectIds ids;

    GlobalList(Keys keys, ObjectIds ids) {
        this.keys = keys;
        this.ids = ids;
    }

    /** All entries, oldest first. */
    List<GlobalListEntry> all() {
        return keys.reading(GlobalListTable::all);
    }

    /** @throws Refusal the spelling's {@code notFound}, for a malformed id too: no published list has a code for it */
    GlobalListEntry require(String id, ListSpelling spelling) {
        return keys.reading(handle -> require(handle, id, spelling));
    }

    /** @throws Refusal the spelling's {@code already} */
    GlobalListEntry add(AddressBlock block, String description, Caller who, Instant now, ListSpelling spelling) {
        return keys.changing(tx -> {
            GlobalListEntry entry = new GlobalListEntry(ids.next(), block, description, now, now);
            if (!GlobalListTable.insert(tx, entry)) {
                throw new Refusal(spelling.already, block.shortest());
            }
            if (GlobalListTable.all(tx).size() > MOST_ENTRIES) {
                throw new Refusal(
                        ErrorCode.VALIDATION_ERROR,
                        "An access list has at most " + MOST_ENTRIES + " entries.\nHINT: write addresses as blocks.");
            }
            who.requireStays(tx, spelling);
            return entry;
        });
    }

    /** Changes what is not null. */
    GlobalListEntry change(
            String id, AddressBlock block, String description, Caller who, Instant now, ListSpelling spelling) {
        return keys.changing(tx -> {
            GlobalListEntry before = require(tx, id, spelling);
            GlobalListEntry after = new GlobalListEntry(
                    before.id(),
                    block == null ? before.block() : block,
                    description == null ? before.description() : description,
                    before.created(),
                    now);
            boolean taken = GlobalListTable.all(tx).stream()
                    .anyMatch(other ->
                            other.block().equals(after.block()) && !other.id().equals(id));
            if (taken) {
                throw new Refusal(spelling.already, after.block().shortest());
            }
            GlobalListTable.update(tx, after);
            who.requireStays(tx, spelling);
            return after;
        });
    }

    void remove(String id, Caller who, ListSpelling spelling) {
        keys.changing(tx -> {
            require(tx, id, spelling);
            GlobalListTable.delete(tx, id);
            who.requireStays(tx, spelling);
            return null;
        });
    }

    /**
     * Who changes the list: whatever the change, the list must not shut out the address that it came from.
     *
     * @param key the key that the request was signed with
     * @param address where it came from
     */
    record Caller(KeyCaller key, InetAddress address) {
        private void requireStays(Handle tx, ListSpelling spelling) {
            List<AddressBlock> left = Keys.effectiveList(tx, key.id(), key.grants());
            if (!left.isEmpty() && left.stream().noneMatch(block -> block.contains(address))) {
                throw new Refusal(spelling.caller, AddressBlock.textOf(address));
            }
        }
    }

    private static GlobalListEntry require(Handle handle, String id, ListSpelling spelling) {
        return GlobalListTable.find(handle, id).orElseThrow(() -> new Refusal(spelling.notFound));
    }
}
