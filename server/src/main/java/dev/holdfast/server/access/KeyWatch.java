package dev.holdfast.server.access;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.KeyId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Is told of new keys within the transaction that makes them, never with a secret. A port that the wiring fills. */
public interface KeyWatch {
    /** Does not care. */
    KeyWatch NONE = new KeyWatch() {
        @Override
        public void created(Handle tx, ApiKey key) {}

        @Override
        public void createdForAgents(Handle tx, KeyId id, GroupId group, String desc, Instant now) {}
    };

    /** An API key was made. */
    void created(Handle tx, ApiKey key);

    /** A key for the agents of a project was made. */
    void createdForAgents(Handle tx, KeyId id, GroupId group, String desc, Instant now);
}
