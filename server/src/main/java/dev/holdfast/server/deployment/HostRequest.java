package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.JsonFields;
import java.util.List;

/**
 * The body of a POST or PATCH of a host. Holdfast signs in to no host and monitors none, so a documented attribute that asks
 * for that is refused rather than forgotten; asking for what is so anyway ({@code "logsEnabled" : false}) is fine.
 */
final class HostRequest {
    private static final List<String> OFF =
            List.of("alertsEnabled", "hidden", "logsEnabled", "muninEnabled", "profilerEnabled", "sslEnabled");

    private static final String[] READ_ONLY = {
        "aliases",
        "clusterId",
        "created",
        "deactivated",
        "hasStartupWarnings",
        "hiddenSecondary",
        "hostEnabled",
        "id",
        "ipAddress",
        "journalingEnabled",
        "lastDataSizeBytes",
        "lastIndexSizeBytes",
        "lastPing",
        "lastRestart",
        "links",
        "lowUlimit",
        "muninPort",
        "replicaSetName",
        "replicaStateName",
        "secondaryDelaySecs",
        "shardName",
        "slaveDelaySec",
        "systemInfo",
        "typeName",
        "uptimeMsec",
        "version"
    };

    private HostRequest() {}

    /**
     * Reads it.
     *
     * @throws Refusal for the first attribute that cannot be had, then for what is missing
     */
    static NewHost read(JsonFields body, GroupId group) {
        requireNothingElse(body, group);
        String hostname = body.text("hostname");
        Long port = body.number("port");
        body.refuseUnknown();
        Names.checkHostname(hostname);
        return NewHost.at(hostname, Names.checkPort(body.required("port", port)));
    }

    /**
     * Reads a change, which can only confirm what is so.
     *
     * @throws Refusal as {@link #read}; ATTRIBUTE_READ_ONLY for another address
     */
    static void confirm(JsonFields body, Host host) {
        requireNothingElse(body, host.groupId());
        String hostname = body.text("hostname");
        if (hostname != null && !hostname.equals(host.hostname())) {
            throw body.refusal(ErrorCode.ATTRIBUTE_READ_ONLY, "hostname");
        }
        Long port = body.number("port");
        if (port != null && port != host.port()) {
            throw body.refusal(ErrorCode.ATTRIBUTE_READ_ONLY, "port");
        }
        body.refuseUnknown();
    }

    private static void requireNothingElse(JsonFields body, GroupId group) {
        body.readOnly(READ_ONLY);
        String groupId = body.text("groupId");
        if (groupId != null && !groupId.equals(group.hex())) {
            throw new Refusal(ErrorCode.GROUP_MISMATCH, groupId);
        }
        String mechanism = body.text("authMechanismName");
        if (mechanism != null && !mechanism.equals(HostDocument.NO_AUTHENTICATION)) {
            throw notHonoured(body, "authMechanismName");
        }
        for (String name : List.of("username", "password")) {
            if (body.has(name)) {
                throw notHonoured(body, name);
            }
        }
        for (String name : OFF) {
            if (Boolean.TRUE.equals(body.flag(name))) {
                throw notHonoured(body, name);
            }
        }
    }

    private static Refusal notHonoured(JsonFields body, String name) {
        return body.refusal(ErrorCode.INVALID_ATTRIBUTE, name)
                .saying("Invalid attribute " + name
                        + " specified: this server does not connect to hosts; leave it out.");
    }
}
