package dev.holdfast.server.access;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.KeyId;

/**
 * An agent key that was just made: the only time that its token can be read.
 *
 * @param id its id
 * @param group the project whose snapshots it may send
 * @param token what the agent sends as {@code Authorization: Bearer}, 43 characters of base64url
 */
public record NewAgentKey(KeyId id, GroupId group, String token) {
    /** Never shows the token. */
    @Override
    public String toString() {
        return "NewAgentKey[id=" + id + ", group=" + group + "]";
    }
}
