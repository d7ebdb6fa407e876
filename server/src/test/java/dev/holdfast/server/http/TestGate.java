package dev.holdfast.server.http;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A gate whose credentials are words: {@code Test NAME}; what a name may do is in its letters. */
final class TestGate implements Gate {
    static final GroupId GROUP = new GroupId("5196d3628d022db4cbc26d9e");
    static final String CHALLENGE = "Digest realm=\"test\"";

    final AtomicInteger asked = new AtomicInteger();

    /** Each session that was asked for. */
    final List<String> sessions = new CopyOnWriteArrayList<>();

    volatile InetAddress lastAddress;
    volatile String lastMethod;
    volatile String lastTarget;

    @Override
    public Caller authenticate(String method, String target, String authorization, Instant now) {
        asked.incrementAndGet();
        lastMethod = method;
        lastTarget = target;
        return switch (String.valueOf(authorization)) {
            case "Test owner" -> new TestCaller("owner", Set.of(GROUP));
            case "Test reader" -> new TestCaller("reader", Set.of(GROUP));
            case "Test unlisted" -> new TestCaller("unlisted", Set.of(GROUP));
            case "Test stranger" -> new TestCaller("stranger", Set.of());
            default -> throw new Unauthenticated("Test stale".equals(authorization));
        };
    }

    @Override
    public Caller authenticateSession(String token, boolean attended, InetAddress address, Instant now) {
        sessions.add(token + (attended ? " attended" : " alone") + " from " + address.getHostAddress());
        if (token.equals("owner")) {
            return new TestCaller("owner", Set.of(GROUP));
        }
        throw Unauthenticated.withoutSession();
    }

    @Override
    public Caller authenticateAgent(String authorization) {
        if ("Bearer agent".equals(authorization)) {
            return new TestCaller("agent", Set.of(GROUP));
        }
        throw new Unauthenticated(false);
    }

    @Override
    public void admit(Caller caller, Need need, GroupId group, boolean listed, InetAddress address, Instant now) {
        lastAddress = address;
        if (group != null && !caller.sees(group)) {
            throw new Refusal(ErrorCode.NOT_IN_GROUP);
        }
        if (need == Need.BACKUP && caller.name().equals("reader")) {
            throw new Refusal(ErrorCode.USER_UNAUTHORIZED);
        }
        if (listed && caller.name().equals("unlisted")) {
            throw new Refusal(ErrorCode.IP_ADDRESS_NOT_ON_ACCESS_LIST, address.getHostAddress());
        }
    }

    @Override
    public String challenge(boolean stale, Instant now) {
        return CHALLENGE + (stale ? ", stale=true" : "");
    }

    private record TestCaller(String name, Set<GroupId> groups) implements Caller {
        @Override
        public boolean seesAllGroups() {
            return false;
        }
    }
}
