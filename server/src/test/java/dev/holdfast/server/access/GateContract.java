package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.KeyId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.database.DatabaseTrouble;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.http.Gate.Unauthenticated;
import dev.holdfast.server.http.Need;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gate promises, with two nodes over one database and one {@code secrets.key}. */
abstract class GateContract {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final String TARGET = "/api/public/v1.0/groups?pretty=true";
    private static final GroupId GROUP = new GroupId("5196d3628d022db4cbc26d9e");
    private static final GroupId FOREIGN = new GroupId("5196d3628d022db4cbc26d9f");
    private static final String FOREIGN_NONCE = "I+xG4xb7bUgq8uMBCuAxZPI+VDDcJ9q1";

    @TempDir
    private Path folder;

    private Node node;
    private Node other;
    private NewApiKey key;
    private DigestClient client;

    abstract DatabaseConfig config(Path folder);

    @BeforeEach
    void open() {
        DatabaseConfig config = config(folder);
        node = new Node(config, folder.resolve("secrets.key"), AccessSettings.defaults(true));
        other = new Node(config, folder.resolve("secrets.key"), AccessSettings.defaults(true));
        key = node.keys.create("k", List.of(Grant.in(GROUP, Role.GROUP_BACKUP_ADMIN)), NOW);
        client = new DigestClient(key.publicKey(), key.privateKey());
    }

    @AfterEach
    void close() {
        node.close();
        other.close();
    }

    @Test
    void challenge_isTheDocumentedText() {
        assertThat(node.gate.challenge(false, NOW))
                .matches("Digest realm=\"MMS Public API\", domain=\"\", nonce=\"[A-Za-z0-9_-]{44}\", algorithm=MD5,"
                        + " qop=\"auth\", stale=false");
        assertThat(node.gate.challenge(true, NOW)).endsWith("\", algorithm=MD5, qop=\"auth\", stale=true");
    }

    @Test
    void signedRequest_isItsKeys() {
        Caller caller = get(node, client, nonce(node), "00000001", NOW);
        assertThat(caller.name()).isEqualTo(key.publicKey());
        assertThat(caller.groups()).containsExactly(GROUP);
        assertThat(caller.seesAllGroups()).isFalse();
    }

    @Test
    void vectorOfTheContract_isKnownButItsNonceIsForeign() {
        String user = "ewmaqvdo";
        Ha1 ha1 = new DigestCheck().ha1(user, "db2c132c-a78d-4c11-9d02-6a1f0c0ffee0");
        ApiKey row = new ApiKey(new KeyId("5196d3628d022db4cbc26d00"), user, "vector", "x", List.of(), NOW, null);
        SealedHa1 sealed = SealedHa1.seal(node.secrets, user, ha1, new SecureRandom());
        assertThat(node.database.<Boolean>write(tx -> KeyTable.insert(tx, row, sealed)))
                .isTrue();
        String target = "/api/public/v1.0/groups/5196d3628d022db4cbc26d9e/hosts/4059580c20c4581872ef24d0b8f5dca0"
                + "/restoreJobs/54ccbe6e0cf2d19b280496b2?pretty=true";
        String header = "Digest username=\"ewmaqvdo\", realm=\"MMS Public API\", nonce=\"" + FOREIGN_NONCE
                + "\", uri=\"" + target
                + "\", cnonce=\"0a4f113b5c6d7e8f\", nc=00000001, qop=auth, algorithm=\"MD5\", response=\"";
        assertRefused(node, "GET", target, header + "0f10e8a11924dfecb7f2dea624d1fd2b\"", true);
        assertRefused(node, "GET", target, header + "0f10e8a11924dfecb7f2dea624d1fd2c\"", false);
    }

    @Test
    void wrongKeyUserOrHeader_isNotStale() {
        String nonce = nonce(node);
        DigestClient wrong = new DigestClient(key.publicKey(), "db2c132c-a78d-4c11-9d02-6a1f0c0ffee0");
        DigestClient unknown = new DigestClient("zzzzzzzz", key.privateKey());
        for (String header : new String[] {
            null,
            "",
            "Digest",
            "Basic dTpw",
            wrong.sign("GET", TARGET, nonce, "00000001"),
            unknown.sign("GET", TARGET, nonce, "00000001"),
            wrong.sign("GET", TARGET, FOREIGN_NONCE, "00000001"),
            unknown.sign("GET", TARGET, FOREIGN_NONCE, "00000001"),
            client.sign("POST", TARGET, nonce, "00000001"),
            client.sign("GET", TARGET + "&x=1", nonce, "00000001")
        }) {
            assertRefused(node, "GET", TARGET, header, false);
        }
        assertThat(get(node, client, nonce, "00000001", NOW))
                .as("none of these used it up")
                .isNotNull();
    }

    @Test
    void wrongKey_isRefusedWhileTheRightOneIsKnown() {
        String nonce = nonce(node);
        get(node, client, nonce, "00000001", NOW);
        DigestClient wrong = new DigestClient(key.publicKey(), "x");
        assertRefused(node, "GET", TARGET, wrong.sign("GET", TARGET, nonce, "00000002"), false);
    }

    /** Both fail at the database when it is gone, so both ask it: the cache of known keys tells nobody who is in it. */
    @Test
    void failingSignIn_readsTheRow_whetherTheKeyIsKnownOrNot() {
        String nonce = nonce(node);
        get(node, client, nonce, "1", NOW);
        node.database.close();
        assertThat(get(node, client, nonce, "2", NOW)).as("known").isNotNull();
        DigestClient wrong = new DigestClient(key.publicKey(), "x");
        DigestClient unknown = new DigestClient("zzzzzzzz", "x");
        for (DigestClient failing : List.of(wrong, unknown)) {
            assertThatThrownBy(() -> get(node, failing, nonce, "3", NOW)).isInstanceOf(DatabaseTrouble.class);
        }
    }

    @Test
    void change_isNotLetThrough_whenItCannotBeRemembered() {
        get(node, client, nonce(node), "1", NOW);
        String header = client.sign("POST", TARGET, nonce(node), "1");
        node.database.close();
        assertThatThrownBy(() -> node.gate.authenticate("POST", TARGET, header, NOW))
                .isInstanceOf(DatabaseTrouble.class);
    }

    @Test
    void malformedCount_isRefused() {
        String nonce = nonce(node);
        for (String nc : new String[] {
            "0", "00000000", "-1", "+1", "0x1", "g", "000000001", "\u00b2", "1_0", "99999999999999999999"
        }) {
            assertRefused(node, "GET", TARGET, client.sign("GET", TARGET, nonce, nc), false);
            assertRefused(node, "POST", TARGET, client.sign("POST", TARGET, nonce, nc), false);
        }
    }

    @Test
    void oneNonce_servesManyReads_inAnyOrder_eachOnce() {
        String nonce = nonce(node);
        for (String nc : new String[] {"00000001", "00000003", "00000002", "ffffffff", "FFFFFFFE"}) {
            get(node, client, nonce, nc, NOW);
        }
        for (String nc : new String[] {"fffffffe", "ffffffff", "00000004"}) {
            assertRefused(node, "GET", TARGET, client.sign("GET", TARGET, nonce, nc), true);
        }
    }

    @Test
    void unpaddedCount_isTheSameCount() {
        String nonce = nonce(node);
        get(node, client, nonce, "1", NOW);
        assertRefused(node, "GET", TARGET, client.sign("GET", TARGET, nonce, "00000001"), true);
        assertRefused(node, "HEAD", TARGET, client.sign("HEAD", TARGET, nonce, "01"), true);
    }

    @Test
    void expiredNonce_isStale() {
        String header = client.sign("GET", TARGET, nonce(node), "00000001");
        assertThatThrownBy(() -> node.gate.authenticate("GET", TARGET, header, NOW.plus(Duration.ofMinutes(6))))
                .isInstanceOfSatisfying(
                        Unauthenticated.class,
                        refused -> assertThat(refused.stale()).isTrue());
    }

    @Test
    void nonceOfOneNode_isGoodAtTheOther() {
        assertThat(get(other, client, nonce(node), "00000001", NOW)).isNotNull();
        String nonce = nonce(other);
        assertThat(node.gate.authenticate("POST", TARGET, client.sign("POST", TARGET, nonce, "1"), NOW))
                .isNotNull();
    }

    @Test
    void change_isTakenUpOnce_whicheverNodeItReaches() {
        String nonce = nonce(node);
        int count = 0;
        for (String method : new String[] {"POST", "PATCH", "PUT", "DELETE"}) {
            String header = client.sign(method, TARGET, nonce, String.format("%08x", ++count));
            assertThat(node.gate.authenticate(method, TARGET, header, NOW)).isNotNull();
            assertRefused(other, method, TARGET, header, true);
            assertRefused(node, method, TARGET, header, true);
        }
    }

    @Test
    void ofManyThreadsWithTheSameChange_exactlyOnePasses() throws Exception {
        String header = client.sign("POST", TARGET, nonce(node), "00000001");
        AtomicInteger passed = new AtomicInteger();
        AtomicInteger stale = new AtomicInteger();
        AtomicInteger turn = new AtomicInteger();
        ReadReplaysTest.together(() -> {
            Node either = turn.getAndIncrement() % 2 == 0 ? node : other;
            try {
                assertThat(either.gate.authenticate("POST", TARGET, header, NOW))
                        .isNotNull();
                passed.incrementAndGet();
            } catch (Unauthenticated e) {
                stale.addAndGet(e.stale() ? 1 : 100);
            }
        });
        assertThat(passed).hasValue(1);
        assertThat(stale).hasValue(15);
    }

    @Test
    void rowsOfNoncesThatNobodyAccepts_arePurged() {
        change(NOW, "1");
        Instant later = NOW.plus(Duration.ofMinutes(6)).plusMillis(1);
        change(later, "1");
        change(later, "2");
        int rows = node.database.read(handle -> handle.createQuery("SELECT count(*) FROM access_used_nonce")
                .mapTo(Integer.class)
                .one());
        assertThat(rows).isEqualTo(2);
    }

    @Test
    void deletedKey_isRefusedAtOnceHere_andSoonElsewhere() {
        get(node, client, nonce(node), "1", NOW);
        get(other, client, nonce(other), "1", NOW);
        assertThat(node.keys.delete(key.id())).isTrue();
        assertRefused(node, "GET", TARGET, client.sign("GET", TARGET, nonce(node), "1"), false);
        String nonce = nonce(other);
        Instant later = NOW.plus(KnownKeys.TTL);
        assertThatThrownBy(() -> get(other, client, nonce, "2", later)).isInstanceOf(Unauthenticated.class);
    }

    @Test
    void changedRolesAndList_areObeyedAtOnce() {
        get(node, client, nonce(node), "1", NOW);
        node.keys.setGrants(key.id(), List.of(Grant.global(Role.GLOBAL_READ_ONLY)));
        Caller global = get(node, client, nonce(node), "1", NOW);
        assertThat(global.seesAllGroups()).isTrue();
        assertThat(global.groups()).isEmpty();
        node.gate.admit(global, Need.READ, FOREIGN, true, loopback(), NOW);
        node.keys.allow(key.id(), AddressBlock.parse("192.0.2.7"), NOW);
        Caller listed = get(node, client, nonce(node), "1", NOW);
        assertThat(refusal(listed, Need.READ, FOREIGN, true)).isEqualTo(ErrorCode.IP_ADDRESS_NOT_ON_ACCESS_LIST);
    }

    @Test
    void roleDecides_whatACallerMayDo() {
        Caller backup = get(node, client, nonce(node), "1", NOW);
        for (Need need : new Need[] {Need.NOTHING, Need.KEY, Need.READ, Need.BACKUP}) {
            node.gate.admit(backup, need, GROUP, true, loopback(), NOW);
        }
        assertThat(refusal(backup, Need.MONITOR, GROUP, false)).isEqualTo(ErrorCode.USER_UNAUTHORIZED);
        assertThat(refusal(backup, Need.AGENT, GROUP, false)).isEqualTo(ErrorCode.USER_UNAUTHORIZED);
        for (Need need : new Need[] {Need.READ, Need.BACKUP, Need.MONITOR}) {
            assertThat(refusal(backup, need, FOREIGN, true)).isEqualTo(ErrorCode.NOT_IN_GROUP);
        }
    }

    @Test
    void missingRole_isToldBeforeTheAccessList() {
        node.keys.allow(key.id(), AddressBlock.parse("192.0.2.7"), NOW);
        Caller caller = get(node, client, nonce(node), "1", NOW);
        assertThat(refusal(caller, Need.MONITOR, GROUP, true)).isEqualTo(ErrorCode.USER_UNAUTHORIZED);
        assertThat(refusal(caller, Need.BACKUP, GROUP, true)).isEqualTo(ErrorCode.IP_ADDRESS_NOT_ON_ACCESS_LIST);
        node.gate.admit(caller, Need.READ, GROUP, false, loopback(), NOW);
    }

    @Test
    void agent_mayServeItsProjectOnly() {
        NewAgentKey agent = node.agentKeys.createAgentKey(GROUP, "a", NOW);
        Caller caller = other.gate.authenticateAgent("bearer  " + agent.token());
        assertThat(caller.name()).isEqualTo("agent of " + GROUP);
        other.gate.admit(caller, Need.AGENT, GROUP, false, loopback(), NOW);
        assertThat(refusal(caller, Need.AGENT, FOREIGN, false)).isEqualTo(ErrorCode.NOT_IN_GROUP);
        assertThat(refusal(caller, Need.AGENT, null, false)).isEqualTo(ErrorCode.NOT_IN_GROUP);
        for (Need need : new Need[] {Need.KEY, Need.READ, Need.BACKUP, Need.MONITOR}) {
            assertThat(refusal(caller, need, GROUP, false)).isEqualTo(ErrorCode.USER_UNAUTHORIZED);
        }
    }

    @Test
    void otherTokens_areNoAgents() {
        NewAgentKey agent = node.agentKeys.createAgentKey(GROUP, "a", NOW);
        String digest = client.sign("GET", TARGET, nonce(node), "1");
        for (String header : new String[] {
            null, "", "Bearer", "Bearer ", agent.token(), "Bearer x" + agent.token(), "Bearer " + "A".repeat(43), digest
        }) {
            assertThatThrownBy(() -> node.gate.authenticateAgent(header))
                    .as(header)
                    .isInstanceOfSatisfying(
                            Unauthenticated.class, e -> assertThat(e.stale()).isFalse());
        }
        assertRefused(node, "GET", TARGET, "Bearer " + agent.token(), false);
        assertThat(node.agentKeys.delete(agent.id())).isTrue();
        assertThatThrownBy(() -> node.gate.authenticateAgent("Bearer " + agent.token()))
                .isInstanceOf(Unauthenticated.class);
    }

    private void change(Instant now, String nc) {
        String nonce = DigestClient.nonceIn(node.gate.challenge(false, now));
        assertThat(node.gate.authenticate("POST", TARGET, client.sign("POST", TARGET, nonce, nc), now))
                .isNotNull();
    }

    private ErrorCode refusal(Caller caller, Need need, GroupId group, boolean listed) {
        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> node.gate.admit(caller, need, group, listed, loopback(), NOW));
        assertThat(refusal).as("%s in %s", need, group).isNotNull();
        return refusal.code();
    }

    private static String nonce(Node node) {
        return DigestClient.nonceIn(node.gate.challenge(false, NOW));
    }

    private static Caller get(Node node, DigestClient client, String nonce, String nc, Instant now) {
        return node.gate.authenticate("GET", TARGET, client.sign("GET", TARGET, nonce, nc), now);
    }

    private static void assertRefused(Node node, String method, String target, String header, boolean stale) {
        assertThatThrownBy(() -> node.gate.authenticate(method, target, header, NOW))
                .as("%s %s", method, header)
                .isInstanceOfSatisfying(
                        Unauthenticated.class,
                        refused -> assertThat(refused.stale()).isEqualTo(stale));
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }
}
