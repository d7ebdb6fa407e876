package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The organisations. They come into being with a project, and stay when their last project goes. */
public final class Orgs {
    private final Database database;

    /** Does no I/O. */
    public Orgs(Database database) {
        this.database = database;
    }

    /** The organisation with that id, as the transaction sees it. */
    public Optional<Org> find(Handle tx, OrgId id) {
        return OrgTable.find(tx, id);
    }

    /**
     * The organisation of a route. A member's is there, but a global key may name any.
     *
     * @throws Refusal ORG_NOT_FOUND
     */
    public Org require(OrgId id) {
        return database.read(handle -> OrgTable.find(handle, id)).orElseThrow(() -> notFound(id));
    }

    /** All organisations, by name. */
    public List<Org> list() {
        // sorted here, for the two databases collate differently; ids order those of one name
        return database.read(OrgTable::all).stream()
                .sorted(Comparator.comparing(Org::name)
                        .thenComparing(org -> org.id().hex()))
                .toList();
    }

    static Refusal notFound(OrgId id) {
        return new Refusal(ErrorCode.ORG_NOT_FOUND, id.hex());
    }
}
