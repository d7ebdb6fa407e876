package dev.holdfast.server.snapshot.ingest;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.http.Gate;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.testing.TestCaller;
import java.net.InetAddress;
import java.time.Instant;

/** Knows one agent key per project: the project's id. */
final class OpenGate implements Gate {
    @Override
    public Caller authenticate(String method, String target, String authorization, Instant now) {
        throw new Unauthenticated(false);
    }

    @Override
    public Caller authenticateAgent(String authorization) {
        if (authorization == null) {
            throw new Unauthenticated(false);
        }
        return TestCaller.memberOf(new GroupId(authorization.replace("Bearer ", "")));
    }

    @Override
    public void admit(Caller caller, Need need, GroupId group, boolean listed, InetAddress address, Instant now) {
        if (need != Need.AGENT || !caller.sees(group)) {
            throw new Refusal(ErrorCode.NOT_IN_GROUP);
        }
    }

    @Override
    public String challenge(boolean stale, Instant now) {
        return "Digest";
    }
}
