package dev.holdfast.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.server.testing.TestDeployment;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tables of this room must do on every database. */
abstract class DeploymentContract {
    static final List<String> MIGRATIONS = List.of(TestDeployment.MIGRATIONS);
    private static final GroupId OTHER = new GroupId("0123456789abcdef01234567");

    private Database database;
    private TestDeployment there;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        there = new TestDeployment(database);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void whatWasEntered_isReadBackWhole() {
        assertThat(there.groups.find(there.group.id())).contains(there.group);
        assertThat(there.groups.findByName("Physics")).contains(there.group);
        for (Cluster cluster : List.of(there.sharded, there.shard0, there.replicaSet, there.csrs)) {
            assertThat(there.clusters.find(there.group.id(), cluster.id())).contains(cluster);
        }
        for (Host host : List.of(there.mirrors.get(2), there.member)) {
            assertThat(there.hosts.find(there.group.id(), host.id())).contains(host);
        }
    }

    @Test
    void hostId_isTheDocumentedHash() {
        // the id that the 2014 documentation prints for localhost:27017 in this project
        GroupId documented = new GroupId("5196d3628d022db4cbc26d9e");
        assertThat(HostId.of(documented, "localhost", 27017)).hasToString("4059580c20c4581872ef24d0b8f5dca0");
        assertThat(there.member.id()).isEqualTo(HostId.of(there.group.id(), "a.example.net", 27018));
    }

    @Test
    void aForeignProject_findsNothing() {
        assertThat(there.clusters.find(OTHER, there.sharded.id())).isEmpty();
        assertThat(there.hosts.find(OTHER, there.member.id())).isEmpty();
        assertThat(there.clusters.list(OTHER)).isEmpty();
        assertThat(there.hosts.list(OTHER)).isEmpty();
        assertRefused(ErrorCode.GROUP_NOT_FOUND, () -> there.groups.require(OTHER));
    }

    @Test
    void clusters_areListedReplicaSetsFirst_thenByDiscovery() {
        assertThat(there.clusters.list(there.group.id()))
                .containsExactly(
                        there.shard0, there.shard1, there.replicaSet, there.csrs, there.sharded, there.shardedWithCsrs);
    }

    @Test
    void members_areShardsByDiscovery_thenTheCsrs() {
        Cluster late = there.clusters.create(
                there.group.id(), NewCluster.shard(there.shardedWithCsrs.id(), "muon_0", "muon_0"));
        assertThat(there.clusters.members(there.sharded.id())).containsExactly(there.shard0, there.shard1);
        assertThat(there.clusters.members(there.shardedWithCsrs.id())).containsExactly(late, there.csrs);
    }

    @Test
    void members_bearTheParentsName() {
        assertThat(there.shard1.clusterName()).isEqualTo("electron");
        assertThat(there.clusters.findByName(there.group.id(), "electron")).contains(there.sharded);
    }

    @Test
    void mirrors_comeInConfigdbOrder_andACsrsHasNone() {
        assertThat(there.hosts.mirroredConfigServers(there.sharded.id())).isEqualTo(there.mirrors);
        assertThat(there.hosts.mirroredConfigServers(there.shardedWithCsrs.id()))
                .isEmpty();
        assertThat(there.hosts.mirroredConfigServers(there.csrs.id())).isEmpty();
    }

    @Test
    void hosts_areListedByAddress_andOfAClusterWithItsMembers() {
        assertThat(there.hosts.list(there.group.id()))
                .extracting(Host::hostname)
                .containsExactly(
                        "a.example.net",
                        "cfg1.example.net",
                        "cfg2.example.net",
                        "cfg3.example.net",
                        "m.example.net",
                        "p.example.net");
        assertThat(there.hosts.list(there.group.id(), there.sharded.id()))
                .extracting(Host::hostname)
                .containsExactly("a.example.net", "cfg1.example.net", "cfg2.example.net", "cfg3.example.net");
        assertThat(there.hosts.list(there.group.id(), there.shard0.id())).containsExactly(there.member);
    }

    @Test
    void aTakenName_isRefused_andTheTransactionGoesOn() {
        Group second = database.write(tx -> {
            assertRefused(ErrorCode.GROUP_ALREADY_EXISTS, () -> there.groups.create(tx, "Physics"));
            return there.groups.create(tx, "Chemistry");
        });
        assertThat(there.groups.list()).containsExactly(second, there.group);
        assertRefused(
                ErrorCode.INVALID_ATTRIBUTE,
                () -> there.clusters.create(there.group.id(), NewCluster.replicaSet("proton")));
        assertRefused(
                ErrorCode.INVALID_ATTRIBUTE,
                () -> there.clusters.create(
                        there.group.id(), NewCluster.shard(there.sharded.id(), "electron_0", "other")));
        assertThat(there.clusters.create(second.id(), NewCluster.replicaSet("proton")))
                .as("another project may use the name")
                .isNotNull();
    }

    @Test
    void aTakenAddressOrConfigdbPlace_isRefused() {
        assertRefused(
                ErrorCode.INVALID_ATTRIBUTE,
                () -> there.hosts.create(there.group.id(), NewHost.at("a.example.net", 27018)));
        assertRefused(
                ErrorCode.INVALID_ATTRIBUTE,
                () -> there.hosts.create(
                        there.group.id(), NewHost.mirroredConfigServer(there.sharded.id(), 2, "new", 27019, null)));
    }

    @Test
    void create_leavesNothing_whenItsTransactionFails() {
        assertThatThrownBy(() -> database.change(tx -> {
                    there.groups.create(tx, "Chemistry");
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertThat(there.groups.findByName("Chemistry")).isEmpty();
    }

    @Test
    void create_refusesWhatItWouldHangOn_whenThatIsMissing() {
        ClusterId unknown = new ClusterId("0123456789abcdef01234567");
        assertRefused(ErrorCode.GROUP_NOT_FOUND, () -> there.clusters.create(OTHER, NewCluster.replicaSet("x")));
        assertRefused(ErrorCode.GROUP_NOT_FOUND, () -> there.hosts.create(OTHER, NewHost.at("x", 1)));
        assertRefused(
                ErrorCode.CLUSTER_NOT_FOUND,
                () -> there.clusters.create(there.group.id(), NewCluster.shard(unknown, "s", "s")));
        assertRefused(
                ErrorCode.NOT_SHARDED,
                () -> there.clusters.create(there.group.id(), NewCluster.shard(there.replicaSet.id(), "s", "s")));
        assertRefused(
                ErrorCode.CLUSTER_NOT_FOUND,
                () -> there.hosts.create(there.group.id(), NewHost.mirroredConfigServer(unknown, 0, "x", 27019, null)));
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
