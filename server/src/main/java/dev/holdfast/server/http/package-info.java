/**
 * HTTP for every room, and no noun: routes, the order of checks, error documents, envelopes, paging, headers, limits.
 * A request goes one way: event loop (limits, route) - worker (gate, handler) - event loop (writing).
 */
package dev.holdfast.server.http;
