package dev.holdfast.server.access;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.OrgId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What keys must know of projects and organisations, which are another room's; the wiring fills it. */
public interface Tenants {
    /** The organisation of a project; empty if there is no such project. */
    Optional<OrgId> orgOf(Handle handle, GroupId group);

    /** Whether there is such an organisation. */
    boolean exists(Handle handle, OrgId org);
}
