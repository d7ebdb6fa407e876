package dev.holdfast.server.http;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.OrgId;
import java.net.InetAddress;
import java.time.Instant;

/**
 * A request that would change something: any POST, PUT, PATCH or DELETE of somebody who is authenticated. Nothing of its
 * headers, query or body is in it, for these may hold secrets.
 *
 * @param requestId names the request in log and answer
 * @param caller the caller's name, never a secret
 * @param from where the caller is
 * @param operation method and pattern of the route, or {@code POST of no route}
 * @param path as sent, without the query
 * @param group the project in the path, null when there is none or it is not known to exist for the caller
 * @param org the organisation in the path, likewise
 * @param at when the request was taken up
 */
public record ChangeAttempt(
        String requestId,
        String caller,
        InetAddress from,
        String operation,
        String path,
        GroupId group,
        OrgId org,
        Instant at) {}
