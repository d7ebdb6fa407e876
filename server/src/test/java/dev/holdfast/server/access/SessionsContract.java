package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.server.http.Caller;
import dev.holdfast.server.http.Gate.Unauthenticated;
import dev.holdfast.server.http.Need;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When somebody who signed in from a browser is still who they were, with two nodes over one database. */
abstract class SessionsContract {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final GroupId GROUP = new GroupId("5196d3628d022db4cbc26d9e");
    private static final GroupId OTHER = new GroupId("5196d3628d022db4cbc26d9f");
    private static final Duration IDLE = SessionSettings.DEFAULTS.idle();
    private static final Duration LIFETIME = SessionSettings.DEFAULTS.lifetime();
    private static final int MOST = 3;

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private Node node;
    private Node other;
    private NewApiKey key;

    abstract DatabaseConfig config(Path folder);

    @BeforeEach
    void open() {
        DatabaseConfig config = config(folder);
        AccessSettings settings = new AccessSettings(
                Duration.ofMinutes(5), 1000, true, false, false, false, new SessionSettings(IDLE, LIFETIME, MOST));
        SessionWatch watch = new SessionWatch() {
            @Override
            public void opened(Handle tx, Session session, InetAddress from) {
                told.add("opened " + session.publicKey() + " from " + from.getHostAddress());
            }

            @Override
            public void closed(Handle tx, Session session, String why, Instant now) {
                told.add("closed: " + why);
            }
        };
        node = new Node(config, folder.resolve("secrets.key"), settings, watch);
        other = new Node(config, folder.resolve("secrets.key"), settings, watch);
        key = node.keys.create("k", List.of(Grant.in(GROUP, Role.GROUP_BACKUP_ADMIN)), NOW);
    }

    @AfterEach
    void close() {
        node.close();
        other.close();
    }

    @Test
    void session_isTheKeyThatOpenedIt_atBothNodes() {
        String token = signIn(NOW);
        for (Node each : List.of(node, other)) {
            Caller caller = ask(each, token, NOW.plusSeconds(1));
            assertThat(caller.name()).isEqualTo(key.publicKey());
            assertThat(caller.groups()).containsExactly(GROUP);
            each.gate.admit(caller, Need.BACKUP, GROUP, true, loopback(), NOW);
        }
        assertThat(told).containsExactly("opened " + key.publicKey() + " from 127.0.0.1");
    }

    @Test
    void tokens_areAllDifferent_andNotInTheDatabase() {
        Set<String> tokens = new HashSet<>(List.of(signIn(NOW), signIn(NOW), signIn(NOW)));
        assertThat(tokens).hasSize(3).allMatch(token -> token.matches("[A-Za-z0-9_-]{43}"));
        List<String> stored = node.database.read(handle -> handle.createQuery("SELECT token_sha256 FROM access_session")
                .mapTo(String.class)
                .list());
        assertThat(stored)
                .hasSize(3)
                .doesNotContainAnyElementsOf(tokens)
                .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
    }

    @Test
    void whatIsNoToken_isNobody() {
        String token = signIn(NOW);
        String flipped = (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1);
        for (String cookie : new String[] {"", "x", token + "x", token.substring(1), flipped, "\u0000".repeat(43)}) {
            assertNobody(node, cookie, NOW);
        }
        assertThat(ask(node, token, NOW)).isNotNull();
    }

    @Test
    void sessionThatNobodyUses_ends() {
        String token = signIn(NOW);
        assertThat(ask(node, token, NOW.plus(IDLE).minusMillis(1))).isNotNull();
        String left = signIn(NOW);
        assertNobody(other, left, NOW.plus(IDLE));
        assertThat(told).contains("closed: nobody used it");
        assertNobody(node, left, NOW);
    }

    @Test
    void sessionThatIsUsed_livesOn_atBothNodes_butNotForEver() {
        String token = signIn(NOW);
        Duration step = IDLE.dividedBy(2);
        Instant now = NOW;
        for (int i = 1; now.plus(step).isBefore(NOW.plus(LIFETIME)); i++) {
            now = now.plus(step);
            assertThat(ask(i % 2 == 0 ? node : other, token, now)).isNotNull();
        }
        assertThat(ask(node, token, NOW.plus(LIFETIME).minusMillis(1))).isNotNull();
        assertNobody(node, token, NOW.plus(LIFETIME));
        assertThat(told).contains("closed: its time is over");
    }

    @Test
    void pageThatRefreshesItself_doesNotKeepItsSessionAlive() {
        String token = signIn(NOW);
        for (Instant now = NOW; now.isBefore(NOW.plus(IDLE)); now = now.plus(Duration.ofMinutes(1))) {
            assertThat(node.gate.authenticateSession(token, false, loopback(), now))
                    .isNotNull();
        }
        assertNobody(node, token, NOW.plus(IDLE));
    }

    @Test
    void useIsWrittenDown_onlyNowAndThen() {
        String token = signIn(NOW);
        Duration precision = SessionSettings.DEFAULTS.precision();
        ask(node, token, NOW.plus(precision).minusMillis(1));
        assertThat(node.sessions.of(key.id()).get(0).lastUsed()).isEqualTo(NOW);
        ask(node, token, NOW.plus(precision));
        assertThat(node.sessions.of(key.id()).get(0).lastUsed()).isEqualTo(NOW.plus(precision));
        // a node whose clock is behind
        ask(other, token, NOW.minusSeconds(5));
        assertThat(node.sessions.of(key.id()).get(0).lastUsed()).isEqualTo(NOW.plus(precision));
    }

    @Test
    void rolesAreThoseOfNow() {
        String token = signIn(NOW);
        node.keys.setGrants(key.id(), List.of(Grant.in(OTHER, Role.GROUP_READ_ONLY)));
        for (Node each : List.of(node, other)) {
            assertThat(ask(each, token, NOW).groups()).containsExactly(OTHER);
            assertThat(ask(each, token, NOW).may(Need.BACKUP, OTHER)).isFalse();
        }
    }

    @Test
    void sessionsOfADeletedKey_areGoneAtOnce_everywhere() {
        String token = signIn(NOW);
        ask(other, token, NOW);
        node.keys.delete(key.id());
        assertNobody(node, token, NOW);
        assertNobody(other, token, NOW);
        assertThat(rows()).isZero();
    }

    @Test
    void addressThatTheListDoesNotHave_endsTheSession_evenForWhoComesBack() {
        String token = signIn(NOW);
        node.keys.allow(key.id(), AddressBlock.parse("192.0.2.0/24"), NOW);
        InetAddress listed = address("192.0.2.7");
        assertThat(node.gate.authenticateSession(token, true, listed, NOW)).isNotNull();
        assertNobody(node, token, NOW);
        assertThat(told).contains("closed: the access list does not have 127.0.0.1");
        assertThatThrownBy(() -> other.gate.authenticateSession(token, true, listed, NOW))
                .isInstanceOf(Unauthenticated.class);
    }

    @Test
    void oneSessionTooMany_endsTheOneThatWasUsedLongestAgo() {
        String first = signIn(NOW);
        String second = signIn(NOW.plusSeconds(1));
        String third = signIn(NOW.plusSeconds(2));
        Instant later = NOW.plus(Duration.ofMinutes(10));
        ask(node, first, later);
        ask(other, third, later);
        String fourth = signIn(later);
        assertNobody(node, second, later);
        for (String token : List.of(first, third, fourth)) {
            assertThat(ask(other, token, later)).isNotNull();
        }
        assertThat(told).contains("closed: the key has too many sessions");
        NewApiKey neighbour = node.keys.create("n", List.of(), NOW);
        node.sessions.open(caller(neighbour), loopback(), later);
        assertThat(ask(node, first, later)).as("the bound is of each key").isNotNull();
    }

    @Test
    void ofManyThatSignInAtOnce_noMoreAreLeftThanMayBe() throws Exception {
        ReadReplaysTest.together(() -> node.sessions.open(caller(key), loopback(), NOW));
        assertThat(rows()).isEqualTo(MOST);
    }

    @Test
    void signedOut_isSignedOutEverywhere_andOnce() {
        String token = signIn(NOW);
        String stays = signIn(NOW);
        Session session = ((KeyCaller) ask(node, token, NOW)).session();
        node.sessions.end(session, "signed out", NOW);
        other.sessions.end(session, "signed out", NOW);
        assertNobody(other, token, NOW);
        assertThat(told).filteredOn("closed: signed out"::equals).hasSize(1);
        assertThat(ask(other, stays, NOW)).isNotNull();
    }

    @Test
    void housekeeping_endsWhatIsOver_andNothingElse() {
        signIn(NOW);
        String used = signIn(NOW);
        ask(node, used, NOW.plus(Duration.ofMinutes(20)));
        assertThat(node.sessions.expire(NOW.plus(IDLE).minusMillis(1))).isZero();
        assertThat(node.sessions.expire(NOW.plus(IDLE))).isEqualTo(1);
        assertThat(other.sessions.expire(NOW.plus(IDLE))).isZero();
        assertThat(ask(node, used, NOW.plus(IDLE))).isNotNull();
        assertThat(told).filteredOn(text -> text.startsWith("closed")).containsExactly("closed: nobody used it");
    }

    @Test
    void keyThatWasDeletedAMomentAgo_opensNothing() {
        KeyCaller caller = caller(key);
        node.keys.delete(key.id());
        assertThatThrownBy(() -> node.sessions.open(caller, loopback(), NOW)).isInstanceOf(Unauthenticated.class);
        assertThat(rows()).isZero();
        assertThat(told).isEmpty();
    }

    private String signIn(Instant now) {
        return node.sessions.open(caller(key), loopback(), now).token().text();
    }

    private KeyCaller caller(NewApiKey of) {
        return node.keys.caller(of.id()).orElseThrow();
    }

    private static Caller ask(Node at, String token, Instant now) {
        return at.gate.authenticateSession(token, true, loopback(), now);
    }

    private static void assertNobody(Node at, String token, Instant now) {
        assertThatThrownBy(() -> ask(at, token, now))
                .isInstanceOfSatisfying(
                        Unauthenticated.class, e -> assertThat(e.isOfSession()).isTrue());
    }

    private int rows() {
        return node.database.read(handle -> handle.createQuery("SELECT count(*) FROM access_session")
                .mapTo(Integer.class)
                .one());
    }

    private static InetAddress loopback() {
        return address("127.0.0.1");
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
