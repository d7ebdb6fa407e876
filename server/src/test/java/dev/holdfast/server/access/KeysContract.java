package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.KeyId;
import dev.holdfast.contract.id.OrgId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.database.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link Keys} and {@link AgentKeys} promise, on every database. */
abstract class KeysContract {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final GroupId GROUP = new GroupId("5196d3628d022db4cbc26d9e");
    private static final OrgId ORG = new OrgId("5196d3628d022db4cbc26d00");
    private static final KeyId NO_KEY = new KeyId("000000000000000000000000");

    @TempDir
    private Path folder;

    private DatabaseConfig config;
    private Node node;

    abstract DatabaseConfig config(Path folder);

    @BeforeEach
    void open() {
        config = config(folder);
        node = node("secrets.key");
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void newKey_isShownOnce_thenMasked() {
        NewApiKey made = node.keys.create("for scripts", List.of(Grant.in(GROUP, Role.GROUP_OWNER)), NOW);
        assertThat(made.publicKey()).matches("[a-z]{8}");
        assertThat(made.privateKey()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(made.toString()).doesNotContain(made.privateKey());
        ApiKey found = node.keys.find(made.id()).orElseThrow();
        assertThat(found)
                .isEqualTo(new ApiKey(
                        made.id(),
                        made.publicKey(),
                        "for scripts",
                        "********-****-****-" + made.privateKey().substring(24),
                        List.of(Grant.in(GROUP, Role.GROUP_OWNER)),
                        NOW,
                        null));
        assertThat(node.keys.findByPublicKey(made.publicKey())).contains(found);
    }

    @Test
    void database_holdsNeitherPrivateKeyNorHa1() {
        NewApiKey made = node.keys.create("for scripts", List.of(), NOW);
        Ha1 ha1 = new DigestCheck().ha1(made.publicKey(), made.privateKey());
        List<String> row = node.database.read(
                handle -> handle.createQuery("SELECT * FROM access_key").mapToMap().one().values().stream()
                        .map(String::valueOf)
                        .toList());
        String hex = HexFormat.of().formatHex(ha1.bytes());
        String base64 = Base64.getEncoder().encodeToString(ha1.bytes());
        assertThat(row)
                .hasSize(8)
                .noneSatisfy(column ->
                        assertThat(column).containsAnyOf(made.privateKey().substring(0, 23), hex, base64));
    }

    @Test
    void keysDiffer() {
        Set<String> publicKeys = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            publicKeys.add(node.keys.create("k", List.of(), NOW).publicKey());
        }
        assertThat(publicKeys).hasSize(20);
    }

    @Test
    void takenPublicKey_isNotOverwritten() {
        NewApiKey made = node.keys.create("first", List.of(Grant.global(Role.GLOBAL_OWNER)), NOW);
        ApiKey second = new ApiKey(NO_KEY, made.publicKey(), "second", "x", List.of(), NOW, null);
        assertThat(node.database.<Boolean>write(tx -> KeyTable.insert(tx, second, new SealedHa1("s", "t"))))
                .isFalse();
        assertThat(node.keys.list()).extracting(ApiKey::desc).containsExactly("first");
    }

    @Test
    void list_isOldestFirst_withTheGrantsOfEach() {
        node.keys.create("b", List.of(Grant.global(Role.GLOBAL_READ_ONLY), Grant.in(ORG, Role.ORG_OWNER)), NOW);
        node.keys.create("a", List.of(Grant.in(GROUP, Role.GROUP_READ_ONLY)), NOW.minusSeconds(1));
        assertThat(node.keys.list()).extracting(ApiKey::desc).containsExactly("a", "b");
        assertThat(node.keys.list().get(1).grants())
                .containsExactly(Grant.global(Role.GLOBAL_READ_ONLY), Grant.in(ORG, Role.ORG_OWNER));
    }

    @Test
    void desc_isChecked() {
        for (String desc : new String[] {null, "", "  ", "x".repeat(251), "a\0b"}) {
            assertThatThrownBy(() -> node.keys.create(desc, List.of(), NOW))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_ATTRIBUTE));
        }
        assertThatThrownBy(() -> node.agentKeys.createAgentKey(GROUP, "", NOW)).isInstanceOf(Refusal.class);
        assertThat(node.keys.list()).isEmpty();
        assertThat(node.agentKeys.list(GROUP)).isEmpty();
    }

    @Test
    void transactionThatFails_leavesNoKey() {
        assertThatThrownBy(() -> node.database.change(tx -> {
                    NewApiKey made = node.keys.create(tx, "k", List.of(), NOW);
                    assertThat(node.keys.find(tx, made.id())).isPresent();
                    throw new IllegalStateException("stop");
                }))
                .hasMessageContaining("stop");
        assertThat(node.keys.list()).isEmpty();
    }

    @Test
    void deletedKey_isGoneWithAllThatIsIts() {
        NewApiKey made = node.keys.create("k", List.of(Grant.global(Role.GLOBAL_OWNER)), NOW);
        node.keys.allow(made.id(), AddressBlock.parse("::1"), NOW);
        assertThat(node.keys.delete(made.id())).isTrue();
        assertThat(node.keys.delete(made.id())).isFalse();
        assertThat(node.keys.find(made.id())).isEmpty();
        assertThat(node.keys.accessList(made.id())).isEmpty();
        assertThat(rows("access_grant")).isZero();
    }

    @Test
    void grants_areReplaced() {
        NewApiKey made = node.keys.create("k", List.of(Grant.global(Role.GLOBAL_OWNER)), NOW);
        Grant reader = Grant.in(GROUP, Role.GROUP_READ_ONLY);
        node.keys.setGrants(made.id(), List.of(reader, reader));
        assertThat(node.keys.find(made.id()).orElseThrow().grants()).containsExactly(reader);
        assertThatThrownBy(() -> node.keys.setGrants(NO_KEY, List.of()))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.API_KEY_NOT_FOUND));
    }

    @Test
    void grantOutsideOfItsScope_isRefused() {
        assertThatThrownBy(() -> new Grant(Role.GROUP_OWNER, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Grant(Role.ORG_OWNER, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Grant(Role.GLOBAL_OWNER, GROUP.hex()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void accessList_holdsEachBlockOnce() {
        KeyId id = node.keys.create("k", List.of(), NOW).id();
        node.keys.allow(id, AddressBlock.parse("192.0.2.7/24"), NOW);
        node.keys.allow(id, AddressBlock.parse("192.0.2.0/24"), NOW.plusSeconds(5));
        node.keys.allow(id, AddressBlock.parse("::1"), NOW.plusSeconds(1));
        assertThat(node.keys.accessList(id))
                .containsExactly(
                        new AccessListEntry(AddressBlock.parse("192.0.2.0/24"), NOW),
                        new AccessListEntry(AddressBlock.parse("::1"), NOW.plusSeconds(1)));
        assertThat(node.keys.disallow(id, AddressBlock.parse("192.0.2.0/25"))).isFalse();
        assertThat(node.keys.disallow(id, AddressBlock.parse("192.0.2.0/24"))).isTrue();
        assertThat(node.keys.accessList(id)).hasSize(1);
        assertThatThrownBy(() -> node.keys.allow(NO_KEY, AddressBlock.parse("::1"), NOW))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void secretsThatBelongToAnotherDatabase_areFoundAtStart() {
        node.keys.create("k", List.of(), NOW);
        assertThat(node.keys.reseal()).isZero();
        try (Node stranger = node("other.key")) {
            assertThatThrownBy(stranger.keys::reseal)
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("HINT: bring back the secrets.key");
        }
    }

    @Test
    void newSecretAboveTheOld_resealsEveryKey_andTheOldOneMayGo() throws IOException {
        NewApiKey made = node.keys.create("k", List.of(), NOW);
        Ha1 ha1 = new DigestCheck().ha1(made.publicKey(), made.privateKey());
        String old = Files.readString(folder.resolve("secrets.key"));
        try (Node fresh = node("new.key")) {
            assertThat(fresh.secrets.current().id())
                    .isNotEqualTo(node.secrets.current().id());
        }
        String alone = Files.readString(folder.resolve("new.key"));
        Files.writeString(folder.resolve("new.key"), alone + old);
        try (Node both = node("new.key")) {
            assertThat(both.keys.reseal()).isEqualTo(1);
            assertThat(both.keys.reseal()).isZero();
        }
        Files.writeString(folder.resolve("new.key"), alone);
        try (Node later = node("new.key")) {
            SealedHa1 sealed =
                    later.keys.signature(made.publicKey()).orElseThrow().ha1();
            assertThat(sealed.open(later.secrets, made.publicKey())).isEqualTo(ha1);
        }
    }

    @Test
    void agentKeys_liveSideBySide_andAreHashed() {
        NewAgentKey one = node.agentKeys.createAgentKey(GROUP, "one", NOW);
        NewAgentKey two = node.agentKeys.createAgentKey(GROUP, "two", NOW.plusSeconds(1));
        assertThat(one.token()).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(two.token());
        assertThat(one.toString()).doesNotContain(one.token());
        assertThat(node.agentKeys.list(GROUP))
                .containsExactly(
                        new AgentKey(one.id(), GROUP, "one", NOW),
                        new AgentKey(two.id(), GROUP, "two", NOW.plusSeconds(1)));
        assertThat(node.agentKeys.group(one.token())).contains(GROUP);
        assertThat(node.agentKeys.group(two.token())).contains(GROUP);
        assertThat(node.agentKeys.delete(one.id())).isTrue();
        assertThat(node.agentKeys.delete(one.id())).isFalse();
        assertThat(node.agentKeys.group(one.token())).isEmpty();
        assertThat(node.agentKeys.group(two.token())).contains(GROUP);
        String stored = node.database.read(handle -> handle.createQuery("SELECT token_sha256 FROM access_agent_key")
                .mapTo(String.class)
                .one());
        assertThat(stored).matches("[0-9a-f]{64}").doesNotContain(two.token());
        assertThat(node.agentKeys.group(stored)).as("the hash is no token").isEmpty();
    }

    private int rows(String table) {
        return node.database.read(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                .mapTo(Integer.class)
                .one());
    }

    private Node node(String secrets) {
        return new Node(config, folder.resolve(secrets), AccessSettings.defaults(true));
    }
}
