package dev.holdfast.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.publicapi.GlobalListEntryJson;
import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.testing.Golden;
import dev.holdfast.server.testing.TestApi;
import dev.holdfast.server.testing.TestClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents of the list of all global keys and of a personal list, on every database. */
abstract class ListRoutesContract {
    private static final String API = "/api/public/v1.0";
    private static final String GLOBAL = API + "/admin/accessList";

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock(Instant.parse("2026-01-05T10:00:00Z"));
    private Database database;
    private Keys keys;
    private TestApi api;
    private NewApiKey owner;

    abstract DatabaseConfig config(Path folder);

    @BeforeEach
    void open() {
        database = Database.open(config(folder), Node.MIGRATIONS);
        SecureRandom random = new SecureRandom();
        // ids are in the documents, secrets are not
        ObjectIds ids = new ObjectIds(clock, new Random(2));
        keys = new Keys(database, SecretsKey.open(folder.resolve("secrets.key"), random), ids, random);
        owner = keys.create("of everything", List.of(Grant.global(Role.GLOBAL_OWNER)), clock.instant());
        api = new TestApi(
                caller(owner),
                clock.instant(),
                new GlobalListRoutes(keys, ids),
                new UserListRoutes(keys, new ListUses(database)));
        clock.advance(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void globalList() {
        Golden.check("globalList/empty", 200, api.get(GLOBAL));
        Answer made = api.post(GLOBAL, "{\"cidrBlock\":\"127.0.0.0/8\",\"description\":\"this machine\"}");
        Golden.check("globalList/made", 201, made);
        String one = GLOBAL + "/" + ((GlobalListEntryJson) made.document()).id();
        api.post(GLOBAL, "{\"cidrBlock\":\"2001:db8::/32\",\"description\":\"the office\"}");
        Golden.check("globalList/two", 200, api.get(GLOBAL));
        Golden.check("globalList/two-whitelist", 200, api.get(API + "/admin/whitelist"));
        Golden.check("globalList/changed", 200, api.patch(one, "{\"description\":\"loopback\"}"));
        assertThat(keys.caller(keys.signature(owner.publicKey()).orElseThrow()).accessList())
                .containsExactly(AddressBlock.parse("127.0.0.0/8"), AddressBlock.parse("2001:db8::/32"));
    }

    @Test
    void globalList_refuses() {
        Golden.check("globalList/unknown", 404, api.get(GLOBAL + "/0123456789abcdef01234567"));
        Golden.check("globalList/unknown-whitelist", 404, api.get(API + "/admin/whitelist/x"));
        Golden.check("globalList/no-block", 400, api.post(GLOBAL, "{\"description\":\"x\"}"));
        Golden.check("globalList/no-description", 400, api.post(GLOBAL, "{\"cidrBlock\":\"10.0.0.0/8\"}"));
        Golden.check("globalList/bad-block", 400, api.post(GLOBAL, "{\"cidrBlock\":\"10.0.0\",\"description\":\"x\"}"));
        Golden.check("globalList/read-only", 400, api.post(GLOBAL, "{\"id\":\"x\"}"));
        Golden.check(
                "globalList/shuts-out", 400, api.post(GLOBAL, "{\"cidrBlock\":\"10.0.0.0/8\",\"description\":\"x\"}"));
        Golden.check("globalList/empty", 200, api.get(GLOBAL));
    }

    @Test
    void globalList_isNotForOtherKeys() {
        api.post(GLOBAL, "{\"cidrBlock\":\"127.0.0.0/8\",\"description\":\"this machine\"}");
        NewApiKey other = keys.create("of nothing", List.of(), clock.instant());
        assertThat(caller(other).accessList()).isEmpty();
    }

    @Test
    void personalList() {
        String list = API + "/users/" + owner.id() + "/whitelist";
        Golden.check("personalList/added", 201, api.post(list, "[{\"ipAddress\":\"127.0.0.1\"}]"));
        Golden.check("personalList/one", 200, api.get(list + "/127.0.0.1"));
        Golden.check("personalList/not-found", 404, api.get(list + "/127.0.0.2"));
        Golden.check("personalList/not-found", 404, api.delete(list + "/127.0.0.2"));
        Golden.check("personalList/caller", 400, lastLoopback(list));
        Golden.check("personalList/denied", 401, api.get(API + "/users/0123456789abcdef01234567/whitelist"));
        Golden.check("personalList/denied-access-list", 401, api.get(API + "/users/x/accessList"));
        assertThat(api.delete(list + "/10.0.0.0%2F8").status()).isEqualTo(204);
    }

    /** Takes the caller's address off, with another one still there. */
    private Answer lastLoopback(String list) {
        assertThat(api.post(list, "[{\"cidrBlock\":\"10.0.0.0/8\"},{\"ipAddress\":\"127.0.0.1\"}]")
                        .status())
                .isEqualTo(201);
        return api.delete(list + "/127.0.0.1");
    }

    private KeyCaller caller(NewApiKey key) {
        return keys.caller(keys.signature(key.publicKey()).orElseThrow());
    }
}
