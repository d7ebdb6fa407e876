/**
 * What happens to jobs and snapshots, for programs that want to be told: an outbox of events, webhooks and a stream of
 * server-sent events. {@link dev.holdfast.server.events.Events} is the door.
 *
 * <p>An event is a row that is written in the transaction of the room in which it happens, through a small port of that
 * room that the wiring fills. Nothing is pushed from one room to another, and nothing is lost or made up by a crash: the
 * event is there exactly when what it tells is. Considered and left: comparing states in the background (a snapshot that
 * was made and deleted in between is never told, and every round reads everything).
 *
 * <h2>A webhook</h2>
 * <ol>
 *   <li>With the event, one row per webhook of the project says that it is still to be sent.
 *   <li>A node takes a lease on the row (one conditional update) and sends. Two nodes do not send it at once, unless one
 *       was stopped for longer than its lease.
 *   <li>Taken (2xx): the row goes. A crash between the answer and this: it is sent again, under the same id.
 *   <li>Not taken: again later, each time twice as late, by lot, until it is dead. The row stays, with the reason.
 * </ol>
 * So each event comes at least once, perhaps twice, and not always in order; receivers go by {@code groupId} and
 * {@code id}.
 *
 * <p>A webhook makes this server open connections to where a project's owner says. It resolves the name itself, refuses
 * addresses that are not public (unless {@code webhooks.allow-private} is set), connects to the very address it looked at,
 * follows no redirect, and shows nobody what was answered but the status.
 *
 * <h2>A stream</h2>
 * Reads the table from where its client was ({@code Last-Event-ID}) and waits at the end. The table is its buffer: while a
 * socket takes nothing, nothing is read for it.
 */
package dev.holdfast.server.events;
