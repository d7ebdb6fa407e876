package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.server.http.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Absolute addresses of this room's entities, as links need them. */
final class Addresses {
    private Addresses() {}

    static String of(Call call, GroupId group) {
        return call.apiUrl() + "/groups/" + group;
    }

    static String of(Call call, GroupId group, ClusterId cluster) {
        return of(call, group) + "/clusters/" + cluster;
    }

    static String of(Call call, GroupId group, HostId host) {
        return of(call, group) + "/hosts/" + host;
    }

    /** {@code text} as one segment of a path. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
