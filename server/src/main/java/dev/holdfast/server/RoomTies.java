package dev.holdfast.server;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.access.Tenants;
import dev.holdfast.server.deployment.Group;
import dev.holdfast.server.deployment.GroupTies;
import dev.holdfast.server.http.Caller;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What a project, an organisation and a host mean to rooms that do not know of each other. They are asked only when all
 * rooms are there, for the first of them are made before the last.
 */
final class RoomTies implements GroupTies, Tenants {
    private final ServerRooms rooms;

    RoomTies(ServerRooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public void founded(Handle tx, GroupId group, Caller founder) {
        rooms.keys.own(tx, founder, group);
    }

    @Override
    public void closing(Handle tx, GroupId group) {
        if (rooms.snapshots.has(tx, group) || rooms.backups.anyActive(tx, group)) {
            throw new Refusal(ErrorCode.CANNOT_CLOSE_ACCOUNT_ACTIVE_BACKUP);
        }
        rooms.keys.forget(tx, group);
        rooms.agentKeys.forget(tx, group);
        rooms.events.forget(tx, group);
        rooms.backups.forget(tx, group);
        rooms.agents.forget(tx, group);
    }

    @Override
    public Optional<OrgId> orgOf(Handle handle, GroupId group) {
        return rooms.groups.find(handle, group).map(Group::orgId);
    }

    @Override
    public boolean exists(Handle handle, OrgId org) {
        return rooms.orgs.find(handle, org).isPresent();
    }

    /** A host that snapshots were read from is what they are found under. */
    void keepHostOfSnapshots(Handle tx, GroupId group, HostId host) {
        if (rooms.snapshots.has(tx, group, host)) {
            throw new Refusal(ErrorCode.CANNOT_MODIFY_MANAGED_HOST, host.hex())
                    .saying("Host " + host + " has had snapshots, which are found under it; it cannot be deleted.");
        }
    }
}
