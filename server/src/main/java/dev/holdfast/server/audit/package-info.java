/**
 * Who did what: an append-only chain of records. {@link dev.holdfast.server.audit.AuditTrail} is the door.
 *
 * <h2>The chain</h2>
 * A record is canonical JSON (keys sorted, no white space, strings and whole numbers only: what RFC 8785 would write). Its
 * hash is the SHA-256 of the hash before it and its text, so a record that was changed, taken out or put in breaks the
 * chain at its place. What a chain alone cannot show is that its end is missing: the one row of {@code audit_head} says
 * where the end is, under an HMAC with a key derived from {@code secrets.key}. Whoever has both the database and the
 * secret can write another history, and whoever has an old copy of the database can put it back; against those, keep the
 * head that {@code holdfast audit verify} prints elsewhere and give it back with {@code --expect}.
 *
 * <p>One chain per database. A writer locks the head, so records of several nodes come one after the other, without gaps.
 * It is the last lock that a transaction takes, and it is held until the commit only.
 *
 * <h2>When a record is written</h2>
 * <ol>
 *   <li><b>A change over HTTP.</b> {@code http} says on the handler's thread that an attempt begins; the transaction that
 *       the room opens there ends with the record of it ({@code Database.endChangesWith}). Both are there or neither is,
 *       and no room knows of this one. If the handler fails after that commit, a second record says so.
 *   <li><b>A refusal</b>, and a change that touched no row: a transaction of its own before the answer is sent. If it
 *       cannot be written, the answer is 503 and not the refusal. A crash before it: nothing was changed, nothing is told.
 *   <li><b>Keys, snapshots, downloads</b>: in the transaction of the room, through its port. A download that is counted is
 *       recorded as counted, whatever dies.
 *   <li><b>Failed sign-ins, refused downloads.</b> Anybody can cause them without end, so they are summed up in memory, by
 *       what they have in common and within a bound, and written every few seconds. A crash loses those of the last
 *       seconds, nothing else.
 * </ol>
 *
 * <p>The bytes of a part on their way in (offers, segments) are not recorded one by one: its beginning and its commit are.
 *
 * <h2>What is never in a record</h2>
 * Headers, queries, bodies, download tokens, private keys; names that are no existing key's. Records are never deleted.
 */
package dev.holdfast.server.audit;
