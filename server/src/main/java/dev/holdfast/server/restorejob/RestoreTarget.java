package dev.holdfast.server.restorejob;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;

/**
 * Where agents restore to.
 *
 * @param groupId the project of the target
 * @param clusterId a replica set or a whole sharded cluster in it
 */
public record RestoreTarget(GroupId groupId, ClusterId clusterId) {}
