package dev.holdfast.server.deployment;

import dev.holdfast.contract.publicapi.ApiJson;
import dev.holdfast.contract.publicapi.GroupJson;
import dev.holdfast.contract.publicapi.Link;
import dev.holdfast.server.http.Call;
import java.util.List;

/** A project as the API shows it. */
final class GroupDocument {
    private GroupDocument() {}

    static GroupJson inList(Call call, Group group, Census census) {
        return of(group, census, List.of(Link.self(Addresses.of(call, group.id()))));
    }

    static GroupJson alone(Call call, Group group, Census census) {
        String address = Addresses.of(call, group.id());
        // the documentation names more relations; these are the ones that lead somewhere here
        return of(
                group,
                census,
                List.of(
                        Link.self(address),
                        Link.related("hosts", address + "/hosts"),
                        Link.related("clusters", address + "/clusters")));
    }

    private static GroupJson of(Group group, Census census, List<Link> links) {
        return new GroupJson(
                0,
                census.hostCounts(),
                group.id().hex(),
                census.lastPing() == null ? null : ApiJson.date(census.lastPing()),
                links,
                group.name(),
                group.orgId().hex(),
                true,
                census.replicaSets(),
                census.shards(),
                List.of());
    }
}
