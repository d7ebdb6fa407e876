package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import org.jdbi.v3.core.Handle;

/** What other rooms have to do with the end of a host; the wiring fills it. */
@FunctionalInterface
public interface HostTies {
    /** Ties to nothing: for a deployment alone. */
    HostTies NONE = (tx, group, host) -> {};

    /**
     * In the transaction that deletes a host.
     *
     * @throws dev.holdfast.contract.trouble.Refusal CANNOT_MODIFY_MANAGED_HOST if something is found under it
     */
    void leaving(Handle tx, GroupId group, HostId host);
}
