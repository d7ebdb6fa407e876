package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.OrgId;
import java.time.Instant;

/** A project. Its name is unique. */
public record Group(GroupId id, String name, OrgId orgId, Instant created) {}
