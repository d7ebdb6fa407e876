package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.OrgId;
import java.time.Instant;

/** An organisation, the owner of projects. Its name need not be unique. */
public record Org(OrgId id, String name, Instant created) {}
