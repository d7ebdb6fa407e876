package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.server.http.Caller;
import org.jdbi.v3.core.Handle;

/** What other rooms have to do with the beginning and the end of a project; the wiring fills it. */
public interface GroupTies {
    /** Ties to nothing: for a deployment alone. */
    GroupTies NONE = new GroupTies() {
        @Override
        public void founded(Handle tx, GroupId group, Caller founder) {}

        @Override
        public void closing(Handle tx, GroupId group) {}
    };

    /** In the transaction that makes a project: whoever asked for it becomes its owner. */
    void founded(Handle tx, GroupId group, Caller founder);

    /**
     * In the transaction that deletes a project: forgets what belongs to it.
     *
     * @throws dev.holdfast.contract.trouble.Refusal CANNOT_CLOSE_ACCOUNT_ACTIVE_BACKUP while something needs it
     */
    void closing(Handle tx, GroupId group);
}
