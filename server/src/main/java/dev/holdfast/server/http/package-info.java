/**
 * HTTP for every room, and no noun: routes, the order of checks, error documents, envelopes, paging, headers, limits.
 *
 * <p>A request goes one way:
 *
 * <ol>
 *   <li>event loop: the head is whole ({@code Conduct.begin}), the route looked up. Whoever brings no credentials gets
 *       the challenge here and now; nothing is read, nothing blocks.
 *   <li>worker: {@link dev.holdfast.server.http.Gate} says who it is and whether they may; only then 404 and 405 are
 *       told.
 *   <li>event loop: the JSON body of a POST, PUT or PATCH comes in, bounded in bytes and time ({@code Intake}).
 *   <li>worker: the room's {@link dev.holdfast.server.http.Handler}; its answer becomes bytes ({@code Rendering}).
 *   <li>event loop: head and body are written ({@code Wire}), what the client still sends is thrown away.
 * </ol>
 *
 * <p>A POST, PUT, PATCH or DELETE of somebody who is known is told to {@link dev.holdfast.server.http.ChangeWatch} before
 * and after its handler, and when it does not get that far.
 *
 * <p>A GET hops to a worker and back once. A stream ({@link dev.holdfast.server.http.RouteTable#addStream}) is handed to its
 * room after step 2, on the event loop.
 *
 * <p>Nothing here is kept: a crash at any step loses the answer and nothing else; what a handler has done by then, its
 * room must be able to find again.
 *
 * <p>What is bounded: connections, bytes and time of a head, bytes and time of a body, bytes of all bodies together,
 * requests that wait for a worker. Whatever exceeds a bound is answered with its error document where an answer can still
 * arrive, and the connection is closed.
 */
package dev.holdfast.server.http;
