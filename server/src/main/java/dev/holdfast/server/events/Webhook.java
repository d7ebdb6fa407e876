package dev.holdfast.server.events;

import dev.holdfast.contract.id.GroupId;
import java.time.Instant;

/**
 * Where a project wants to be told.
 *
 * @param id 24 hexadecimal digits
 * @param secret signs what is sent
 */
record Webhook(String id, GroupId group, String url, SealedSecret secret, Instant created) {}
