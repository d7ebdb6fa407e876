package dev.holdfast.server.events;

import dev.holdfast.contract.id.GroupId;

/**
 * What happened.
 *
 * @param seq number within the project, from 1
 * @param type for example {@code snapshot.complete}
 * @param text the whole event as JSON
 */
record Event(GroupId group, long seq, String type, String text) {}
