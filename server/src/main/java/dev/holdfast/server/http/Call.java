package dev.holdfast.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.OrgId;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/**
 * One request of the API as a handler sees it: authenticated, admitted, its path matched. Handlers run on a worker
 * thread and may block.
 */
public interface Call {
    /** The method, upper case. HEAD reaches a GET handler as {@code GET}. */
    String method();

    /** The path without query and without a trailing slash, as sent (not decoded). */
    String path();

    /** The value of {@code {name}} in the route's path, percent-decoded. */
    String pathParameter(String name);

    /** The project in the path, {@code {groupId}}: well-formed, and the caller is a member of it. */
    GroupId group();

    /** The organisation in the path, {@code {orgId}}: well-formed, and the caller is a member of it. */
    OrgId org();

    /** The first value of a query parameter, percent-decoded; null when absent. Malformed ones are ignored. */
    String query(String name);

    /** Every value of a query parameter, in order; empty when absent. Malformed ones are ignored. */
    List<String> queries(String name);

    /** Like {@link #query}, for the first of several spellings of a name that is there. */
    default String query(String name, String... spellings) {
        String value = query(name);
        for (int i = 0; value == null && i < spellings.length; i++) {
            value = query(spellings[i]);
        }
        return value;
    }

    /** A request header, null when absent; the name in any case. */
    String header(String name);

    /**
     * The body as a JSON object.
     *
     * @throws dev.holdfast.contract.trouble.Refusal 415 without a JSON content type, {@code INVALID_JSON} for anything
     *     that does not parse as one object (duplicate keys and trailing text included)
     */
    ObjectNode body();

    /** The body as a JSON array of objects; otherwise as {@link #body}. */
    List<ObjectNode> bodyItems();

    /** Where the caller is: the address that access lists are about. */
    InetAddress address();

    /** Who calls. */
    Caller caller();

    /** Scheme, host and port that links begin with, without a final slash: the public URL, else from the request. */
    String baseUrl();

    /** {@link #baseUrl} followed by the path of the public API, {@code /api/public/v1.0}. */
    default String apiUrl() {
        return baseUrl() + "/api/public/v1.0";
    }

    /** The raw query string as sent, null when there is none; lists put it into their self link. */
    String rawQuery();

    /** When the request was taken up; one request has one now. */
    Instant now();
}
