package dev.holdfast.server.deployment;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Attributes;
import java.util.Set;

/**
 * The body of {@code POST /hosts}. Holdfast signs in to no host and monitors none, so a documented attribute that asks
 * for that is refused rather than forgotten; asking for what is so anyway ({@code "logsEnabled" : false}) is fine.
 */
final class HostRequest {
    private static final Set<String> OFF =
            Set.of("alertsEnabled", "hidden", "logsEnabled", "muninEnabled", "profilerEnabled", "sslEnabled");

    private static final Set<String> READ_ONLY = Set.of(
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
            "version");

    private HostRequest() {}

    /**
     * Reads it.
     *
     * @throws Refusal for the first attribute that cannot be had, then for what is missing
     */
    static NewHost read(Attributes body, GroupId group) {
        for (String name : body.names()) {
            check(body, name, group);
        }
        String hostname = Names.checkHostname(body.text("hostname"));
        Long port = body.wholeNumber("port");
        if (port == null) {
            throw new Refusal(ErrorCode.MISSING_ATTRIBUTE, "port");
        }
        return NewHost.at(hostname, Names.checkPort(port));
    }

    private static void check(Attributes body, String name, GroupId group) {
        if (READ_ONLY.contains(name)) {
            throw new Refusal(ErrorCode.ATTRIBUTE_READ_ONLY, name);
        }
        if (OFF.contains(name)) {
            if (Boolean.TRUE.equals(body.flag(name))) {
                throw notHonoured(body, name);
            }
            return;
        }
        switch (name) {
            case "hostname", "port" -> {}
            case "groupId" -> {
                if (body.has(name) && !group.hex().equals(body.text(name))) {
                    throw new Refusal(ErrorCode.GROUP_MISMATCH, body.text(name));
                }
            }
            case "authMechanismName" -> {
                if (body.has(name) && !HostDocument.NO_AUTHENTICATION.equals(body.text(name))) {
                    throw notHonoured(body, name);
                }
            }
            case "username", "password" -> {
                if (body.has(name)) {
                    throw notHonoured(body, name);
                }
            }
            default -> throw new Refusal(ErrorCode.INVALID_ATTRIBUTE, name);
        }
    }

    private static Refusal notHonoured(Attributes body, String name) {
        return body.invalid(name, "this server does not connect to hosts; leave it out");
    }
}
