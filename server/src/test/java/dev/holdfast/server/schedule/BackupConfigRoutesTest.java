package dev.holdfast.server.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.publicapi.BackupConfigJson;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.ErrorJson;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.http.Answer;
import dev.holdfast.server.http.Need;
import dev.holdfast.server.testing.Golden;
import dev.holdfast.server.testing.TestApi;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupConfigRoutesTest {
    private static final String UNKNOWN = "0123456789abcdef01234567";
    private static final String STATES = "INACTIVE PROVISIONING STARTED STOPPED TERMINATING";

    @TempDir
    private Path folder;

    private Database database;
    private TestBackups all;
    private TestApi api;

    @BeforeEach
    void openDatabase() {
        database = TestDatabases.sqlite(folder, TestBackups.MIGRATIONS);
        all = new TestBackups(database);
        api = all.api();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void list_hasEveryClusterThatIsMonitored_membersToo() {
        Golden.check("backupConfigs/list", 200, api.get(path()));
        Golden.check("backupConfigs/list-page", 200, api.get(path() + "?pageNum=2&itemsPerPage=2"));
    }

    @Test
    void one_isInactiveAtFirst() {
        Golden.check("backupConfigs/replica-set", 200, api.get(path(all.there.replicaSet)));
        Golden.check("backupConfigs/sharded", 200, api.get(path(all.there.sharded)));
        Golden.check("backupConfigs/shard", 200, api.get(path(all.there.shard0)));
        Golden.check("backupConfigs/not-monitored", 409, api.get(path(all.there.shard1)));
        Golden.check("backupConfigs/unknown", 404, api.get(path() + "/" + UNKNOWN));
        Golden.check("backupConfigs/malformed", 404, api.get(path() + "/x"));
    }

    @Test
    void settings_areChanged_andThePasswordIsNeverShown() {
        Answer changed = patch("""
                {"groupId":"%s","clusterId":"%s","statusName":"STARTED","storageEngineName":"WIRED_TIGER",
                 "authMechanismName":"SCRAM-SHA-1","username":"backup","password":"p4ssw0rd","sslEnabled":"true",
                 "syncSource":"primary","excludedNamespaces":["logs","mail.drafts"],"links":[]}""".formatted(all.group(), all.there.replicaSet.id()));
        Golden.check("backupConfigs/patch-all", 202, changed);
        Golden.check("backupConfigs/patched", 200, api.get(path(all.there.replicaSet)));
        String row = database.read(handle -> handle.createQuery("SELECT * FROM backup_config WHERE username = 'backup'")
                .mapToMap()
                .one()
                .toString());
        assertThat(row).doesNotContain("p4ssw0rd");
    }

    @Test
    void aChangeWithoutAState_isDoneAtOnce() {
        Golden.check("backupConfigs/patch-ssl", 200, patch("{\"sslEnabled\":true}"));
        assertThat(patch("{}").status()).isEqualTo(200);
    }

    @Test
    void aMember_showsItsWholes_andCannotBeChangedAlone() {
        assertThat(api.patch(path(all.there.sharded), "{\"statusName\":\"STARTED\"}")
                        .status())
                .isEqualTo(202);
        assertThat(((BackupConfigJson) api.get(path(all.there.shard0)).document()).statusName())
                .isEqualTo("PROVISIONING");
        // it shows once it is backed up, though nothing is known of its hosts
        assertThat(api.get(path(all.there.shard1)).status()).isEqualTo(200);
        Golden.check(
                "backupConfigs/patch-shard", 409, api.patch(path(all.there.shard0), "{\"statusName\":\"STOPPED\"}"));
        assertThat(api.patch(path(all.there.csrs), "{\"sslEnabled\":true}").status())
                .isEqualTo(409);
    }

    @Test
    void everyMoveOfTheStateMachine_isAsDocumented() {
        Map<String, String> allowed = Map.of(
                "INACTIVE STARTED", "PROVISIONING",
                "STARTED STOPPED", "STOPPED",
                "STOPPED STARTED", "STARTED",
                "STOPPED TERMINATING", "TERMINATING");
        Map<String, ErrorCode> codes = Map.of(
                "STARTED", ErrorCode.CANNOT_START_BACKUP_INVALID_STATE,
                "STOPPED", ErrorCode.CANNOT_STOP_BACKUP_INVALID_STATE,
                "TERMINATING", ErrorCode.CANNOT_TERMINATE_BACKUP_INVALID_STATE,
                "INACTIVE", ErrorCode.UNSUPPORTED_SET_BACKUP_STATE,
                "PROVISIONING", ErrorCode.UNSUPPORTED_SET_BACKUP_STATE);
        SoftAssertions each = new SoftAssertions();
        for (String from : STATES.split(" ")) {
            for (String to : STATES.split(" ")) {
                set(BackupStatus.valueOf(from));
                Answer answer = patch("{\"statusName\":\"" + to + "\"}");
                String next = allowed.get(from + " " + to);
                if (next != null) {
                    each.assertThat(answer.status()).as(from + " " + to).isEqualTo(202);
                    each.assertThat(((BackupConfigJson) answer.document()).statusName())
                            .isEqualTo(next);
                } else {
                    each.assertThat(((ErrorJson) answer.document()).errorCode())
                            .as(from + " " + to)
                            .isEqualTo(codes.get(to).name());
                    each.assertThat(status()).isEqualTo(from);
                }
            }
        }
        each.assertAll();
        Golden.check("backupConfigs/patch-start-started", 409, from(BackupStatus.STARTED, "STARTED"));
        Golden.check("backupConfigs/patch-stop-inactive", 409, from(BackupStatus.INACTIVE, "STOPPED"));
        Golden.check("backupConfigs/patch-terminate-started", 409, from(BackupStatus.STARTED, "TERMINATING"));
        Golden.check("backupConfigs/patch-inactive", 403, from(BackupStatus.STOPPED, "INACTIVE"));
        Golden.check("backupConfigs/patch-unknown-state", 400, from(BackupStatus.STOPPED, "started"));
    }

    @Test
    void namespaces_areLeftOutOrTaken_notBoth() {
        String both = "{\"excludedNamespaces\":[\"a\"],\"includedNamespaces\":[\"b\"]}";
        Golden.check("backupConfigs/patch-both-lists", 400, patch(both));
        assertThat(patch("{\"excludedNamespaces\":[\"a\",\"a\"],\"includedNamespaces\":[]}")
                        .status())
                .isEqualTo(200);
        assertRefused(ErrorCode.INVALID_FILTERLIST, "{\"includedNamespaces\":[\"b\"]}");
        // what is sent is the whole new list
        assertThat(((BackupConfigJson) patch("{\"excludedNamespaces\":[\"c\"]}").document()).excludedNamespaces())
                .containsExactly("c");
        assertThat(patch("{\"excludedNamespaces\":[],\"includedNamespaces\":[\"b\"]}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBackupThatRuns_getsNoWiderWithoutASourceToSyncFrom() {
        patch("{\"excludedNamespaces\":[\"a\",\"b\"]}");
        set(BackupStatus.STARTED);
        Golden.check("backupConfigs/patch-wider", 409, patch("{\"excludedNamespaces\":[\"a\"]}"));
        assertThat(patch("{\"excludedNamespaces\":[\"a\",\"b\",\"c\"]}").status())
                .isEqualTo(200);
        assertThat(patch("{\"excludedNamespaces\":[\"a\"],\"syncSource\":\"SECONDARY\"}")
                        .status())
                .isEqualTo(200);
        assertThat(patch("{\"excludedNamespaces\":[],\"includedNamespaces\":[\"z\"]}")
                        .status())
                .isEqualTo(200);
        assertRefused(ErrorCode.MISSING_SYNC_SOURCE, "{\"includedNamespaces\":[\"z\",\"y\"]}");
        assertRefused(ErrorCode.MISSING_SYNC_SOURCE, "{\"includedNamespaces\":[]}");
        assertRefused(ErrorCode.MISSING_SYNC_SOURCE, "{\"encryptionEnabled\":true}");
        assertThat(patch("{\"encryptionEnabled\":true,\"syncSource\":\"p.example.net:27017\"}")
                        .status())
                .isEqualTo(200);
        set(BackupStatus.INACTIVE);
        assertThat(patch("{\"includedNamespaces\":[]}").status()).isEqualTo(200);
    }

    @Test
    void credentials_goWithTheMechanism() {
        Golden.check("backupConfigs/patch-auth-unknown", 400, patch("{\"authMechanismName\":\"KERBEROS\"}"));
        Golden.check("backupConfigs/patch-auth-no-user", 400, patch("{\"authMechanismName\":\"MONGODB_CR\"}"));
        Golden.check("backupConfigs/patch-auth-no-ssl", 400, patch("""
                {"authMechanismName":"MONGODB_X509","username":"CN=backup"}"""));
        assertRefused(ErrorCode.CANNOT_SET_CREDENTIALS_FOR_AUTH_MECHANISM, "{\"username\":\"u\"}");
        assertRefused(ErrorCode.CANNOT_SET_CREDENTIALS_FOR_AUTH_MECHANISM, "{\"password\":\"p\"}");
        assertRefused(ErrorCode.MISSING_PASSWORD, "{\"authMechanismName\":\"PLAIN\",\"username\":\"u\"}");
        assertRefused(
                ErrorCode.CANNOT_SET_PASSWORD_FOR_AUTH_MECHANISM,
                "{\"authMechanismName\":\"GSSAPI\",\"username\":\"u\",\"password\":\"p\"}");
        assertRefused(
                ErrorCode.MISSING_CREDENTIALS_FOR_AUTH_MECHANISM,
                "{\"authMechanismName\":\"GSSAPI\",\"password\":null}");
        String x509 = "{\"authMechanismName\":\"MONGODB_X509\",\"username\":\"CN=b\",\"sslEnabled\":true}";
        assertThat(patch(x509).status()).isEqualTo(200);
        assertRefused(ErrorCode.AUTH_MECHANISM_REQUIRES_SSL, "{\"sslEnabled\":false}");
        assertThat(patch("{\"storageEngine\":\"MEMORY_MAPPED\"}").status()).isEqualTo(200);
        Answer none = patch("{\"authMechanismName\":\"NONE\"}");
        assertThat(((BackupConfigJson) none.document()).username()).isNull();
    }

    @Test
    void bodiesThatCannotBeUsed_areRefused_andChangeNothing() {
        Golden.check("backupConfigs/patch-other-group", 400, patch("{\"groupId\":\"" + UNKNOWN + "\"}"));
        Golden.check("backupConfigs/patch-other-cluster", 400, patch("{\"clusterId\":\"" + UNKNOWN + "\"}"));
        Golden.check("backupConfigs/patch-unknown", 400, patch("{\"colour\":\"red\"}"));
        Golden.check("backupConfigs/patch-read-only", 400, patch("{\"provisioned\":true}"));
        Golden.check("backupConfigs/patch-engine", 400, patch("{\"storageEngineName\":\"ROCKS\"}"));
        for (String body : List.of(
                "{\"excludedNamespaces\":\"a\"}",
                "{\"excludedNamespaces\":[1]}",
                "{\"excludedNamespaces\":[\"\"]}",
                "{\"excludedNamespaces\":[\"" + "x".repeat(256) + "\"]}",
                "{\"includedNamespaces\":[\"a\\u0000\"]}",
                "{\"statusName\":7}",
                "{\"sslEnabled\":\"perhaps\"}",
                "{\"username\":\" \",\"authMechanismName\":\"PLAIN\",\"password\":\"p\"}",
                "{\"syncSource\":{}}",
                "{\"authMechanismName\":[]}",
                "[]",
                "")) {
            assertThat(patch(body).status()).as(body).isEqualTo(400);
        }
        assertThat(status()).isEqualTo("INACTIVE");
    }

    @Test
    void routes_needTheDocumentedRolesAndLists() {
        assertThat(api.routes())
                .extracting(route -> route.method() + " " + route.need() + " " + route.listed())
                .containsExactly(
                        "GET READ false",
                        "GET READ false",
                        "PATCH BACKUP true",
                        "GET READ false",
                        "PATCH BACKUP true",
                        "POST GLOBAL_BACKUP false");
        assertThat(api.routes()).extracting(TestApi.Route::need).contains(Need.GLOBAL_BACKUP);
    }

    private void assertRefused(ErrorCode code, String body) {
        assertThat(((ErrorJson) patch(body).document()).errorCode()).as(body).isEqualTo(code.name());
    }

    private Answer from(BackupStatus status, String to) {
        set(status);
        return patch("{\"statusName\":\"" + to + "\"}");
    }

    private void set(BackupStatus status) {
        database.change(tx -> BackupConfigTable.put(
                tx, all.configs.find(tx, all.there.replicaSet).with(status)));
    }

    private String status() {
        return ((BackupConfigJson) api.get(path(all.there.replicaSet)).document()).statusName();
    }

    private Answer patch(String body) {
        return api.patch(path(all.there.replicaSet), body);
    }

    private String path() {
        return "/api/public/v1.0/groups/" + all.group() + "/backupConfigs";
    }

    private String path(Cluster cluster) {
        return path() + "/" + cluster.id();
    }
}
