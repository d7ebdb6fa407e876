package dev.holdfast.server.access;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.KeyId;
import java.time.Instant;

/**
 * An agent key as it may be shown.
 *
 * @param id its id
 * @param group the project whose snapshots it may send
 * @param desc what its owner says it is for
 * @param created when it was made
 */
public record AgentKey(KeyId id, GroupId group, String desc, Instant created) {}
