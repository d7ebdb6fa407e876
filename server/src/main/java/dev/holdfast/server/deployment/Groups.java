package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseTrouble;
import dev.holdfast.server.http.Caller;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The projects. */
public final class Groups {
    private final Database database;
    private final Clock clock;
    private final ObjectIds ids;
    private final GroupTies ties;

    /** Does no I/O. Of a deployment alone. */
    public Groups(Database database, Clock clock, ObjectIds ids) {
        this(database, clock, ids, GroupTies.NONE);
    }

    /** Does no I/O. */
    public Groups(Database database, Clock clock, ObjectIds ids, GroupTies ties) {
        this.ties = ties;
        this.database = database;
        this.clock = clock;
        this.ids = ids;
    }

    /** {@link #create(Handle, String)} in a transaction of its own. */
    public Group create(String name) {
        return database.write(tx -> create(tx, name));
    }

    /**
     * Enters a project, in an organisation of its own as Ops Manager does.
     *
     * @throws Refusal GROUP_ALREADY_EXISTS, MISSING_ATTRIBUTE or INVALID_ATTRIBUTE for the name
     */
    public Group create(Handle tx, String name) {
        return create(tx, name, null);
    }

    /**
     * Enters a project at the wish of somebody, who becomes its owner.
     *
     * @param org the organisation that shall have it, null for one of its own
     * @throws Refusal ORG_NOT_FOUND; those of {@link #create(Handle, String)}
     */
    Group found(String name, OrgId org, Caller founder) {
        return database.write(tx -> {
            Group group = create(tx, name, org);
            ties.founded(tx, group.id(), founder);
            return group;
        });
    }

    /** @throws Refusal GROUP_NOT_FOUND, GROUP_ALREADY_EXISTS */
    Group rename(GroupId id, String name) {
        try {
            return database.write(tx -> {
                if (!GroupTable.rename(tx, id, name)) {
                    throw notFound(id);
                }
                return require(tx, id);
            });
        } catch (DatabaseTrouble e) {
            if (database.isUniqueViolation(e)) {
                throw new Refusal(ErrorCode.GROUP_ALREADY_EXISTS, name);
            }
            throw e;
        }
    }

    /**
     * Deletes a project with its clusters and hosts; its organisation stays.
     *
     * @throws Refusal GROUP_NOT_FOUND; CANNOT_CLOSE_ACCOUNT_ACTIVE_BACKUP while it has snapshots
     */
    void delete(GroupId id) {
        database.change(tx -> {
            // first the lock, then the question: else a snapshot could begin in between
            if (!GroupTable.lock(tx, id)) {
                throw notFound(id);
            }
            ties.closing(tx, id);
            GroupTable.delete(tx, id);
        });
    }

    private Group create(Handle tx, String name, OrgId org) {
        Names.check("name", name);
        Group group = new Group(
                new GroupId(ids.next()),
                name,
                org == null ? new OrgId(ids.next()) : org,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        if (org == null) {
            OrgTable.insert(tx, new Org(group.orgId(), name, group.created()));
        } else if (OrgTable.find(tx, org).isEmpty()) {
            throw Orgs.notFound(org);
        }
        if (!GroupTable.insert(tx, group)) {
            throw new Refusal(ErrorCode.GROUP_ALREADY_EXISTS, name);
        }
        return group;
    }

    /** The project with that id. */
    public Optional<Group> find(GroupId id) {
        return database.read(handle -> GroupTable.find(handle, id));
    }

    /** As {@link #find(GroupId)}, as the transaction sees it. */
    public Optional<Group> find(Handle tx, GroupId id) {
        return GroupTable.find(tx, id);
    }

    /** The project of that name, exactly as written. */
    public Optional<Group> findByName(String name) {
        return database.read(handle -> GroupTable.findByName(handle, name));
    }

    /** As {@link #findByName(String)}, as the transaction sees it. */
    public Optional<Group> findByName(Handle tx, String name) {
        return GroupTable.findByName(tx, name);
    }

    /**
     * The project of a route. A member's project is there, but a global key may name any: every route of a project
     * passes here before it looks further.
     *
     * @throws Refusal GROUP_NOT_FOUND
     */
    public Group require(GroupId id) {
        return find(id).orElseThrow(() -> notFound(id));
    }

    /** As {@link #require(GroupId)}, as the transaction sees it. */
    public Group require(Handle tx, GroupId id) {
        return find(tx, id).orElseThrow(() -> notFound(id));
    }

    /** All projects, by name. */
    public List<Group> list() {
        return database.read(this::list);
    }

    /** As {@link #list()}, as the transaction sees it. */
    public List<Group> list(Handle tx) {
        // sorted here, for the two databases collate differently
        return GroupTable.all(tx).stream()
                .sorted(Comparator.comparing(Group::name))
                .toList();
    }

    Census census(GroupId id) {
        return database.read(handle -> Census.of(handle, id));
    }

    private static Refusal notFound(GroupId id) {
        return new Refusal(ErrorCode.GROUP_NOT_FOUND, id.hex());
    }
}
