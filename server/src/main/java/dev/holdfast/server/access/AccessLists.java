package dev.holdfast.server.access;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The access lists of keys, as their holders see and change them: each change whole or not at all. */
final class AccessLists {
    /** Every request that requires the list reads it through, so it is bounded; Atlas has the same bound. */
    private static final int MOST_ENTRIES = 200;

    private final Keys keys;
    private final ListUses uses;

    AccessLists(Keys keys, ListUses uses) {
        this.keys = keys;
        this.uses = uses;
    }

    /** The list of a key, oldest entry first, with what this process has seen of its use. */
    List<AccessListEntry> of(ApiKey key) {
        uses.flush();
        return keys.accessList(key.id());
    }

    /** Adds to a list; refuses an address that is there, and a list that would be too long. */
    void add(ApiKey key, Collection<AddressBlock> blocks, Instant now, ListSpelling spelling) {
        keys.changing(tx -> {
            for (AddressBlock block : blocks) {
                if (!keys.allow(tx, key.id(), block, now)) {
                    throw new Refusal(spelling.already, block.shortest());
                }
            }
            requireFits(tx, key);
            return null;
        });
    }

    /** As {@link #add}, but an address that is there is passed over. */
    void addMissing(ApiKey key, Collection<AddressBlock> blocks, Instant now) {
        keys.changing(tx -> {
            blocks.forEach(block -> keys.allow(tx, key.id(), block, now));
            requireFits(tx, key);
            return null;
        });
    }

    private static void requireFits(Handle tx, ApiKey key) {
        if (KeyTable.entries(tx, key.id()).size() > MOST_ENTRIES) {
            throw new Refusal(
                    ErrorCode.VALIDATION_ERROR,
                    "An access list has at most " + MOST_ENTRIES + " entries.\nHINT: write addresses as blocks.");
        }
    }

    /**
     * Takes an entry off a list.
     *
     * @param caller where the key's holder is, who must stay on it; null when somebody else changes the list
     */
    void remove(ApiKey key, AddressBlock block, InetAddress caller, ListSpelling spelling) {
        keys.changing(tx -> {
            if (!keys.disallow(tx, key.id(), block)) {
                throw new Refusal(spelling.notFound);
            }
            boolean shutsOut = caller != null
                    && block.contains(caller)
                    && KeyTable.entries(tx, key.id()).stream()
                            .noneMatch(entry -> entry.block().contains(caller));
            if (shutsOut) {
                throw new Refusal(spelling.caller, AddressBlock.textOf(caller));
            }
            return null;
        });
    }
}
