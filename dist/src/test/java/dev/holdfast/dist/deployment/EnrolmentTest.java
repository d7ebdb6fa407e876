package dev.holdfast.dist.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.deployment.Cluster;
import dev.holdfast.server.deployment.ClusterType;
import dev.holdfast.server.deployment.Clusters;
import dev.holdfast.server.deployment.Group;
import dev.holdfast.server.deployment.Groups;
import dev.holdfast.server.deployment.Host;
import dev.holdfast.server.deployment.Hosts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnrolmentTest {
    private final Clock clock = Clock.fixed(Instant.parse("2016-03-04T22:07:27Z"), ZoneOffset.UTC);
    private final DeploymentPlan plan =
            DeploymentFile.parse(ConfigFactory.parseResources("dev/holdfast/dist/demo.conf"), "demo.conf");

    @TempDir
    private Path folder;

    private Database database;
    private Groups groups;
    private Clusters clusters;
    private Hosts hosts;
    private Enrolment enrolment;

    @BeforeEach
    void open() {
        database = TestDatabases.sqlite(folder, List.of("dev/holdfast/server/deployment/migrations"));
        ObjectIds ids = new ObjectIds(clock, RandomGenerator.of("L64X128MixRandom"));
        groups = new Groups(database, clock, ids);
        clusters = new Clusters(database, clock, ids);
        hosts = new Hosts(database, clock);
        enrolment = new Enrolment(groups, clusters, hosts);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void plan_makesTheProjectWithItsClustersAndHosts() {
        Group group = database.write(tx -> enrolment.enter(tx, plan));
        List<Cluster> list = clusters.list(group.id());
        assertThat(list)
                .extracting(Cluster::type)
                .containsExactly(
                        ClusterType.REPLICA_SET,
                        ClusterType.REPLICA_SET,
                        ClusterType.REPLICA_SET,
                        ClusterType.SHARDED_REPLICA_SET);
        Cluster sharded = list.get(3);
        assertThat(clusters.members(sharded.id()))
                .extracting(Cluster::shardName)
                .containsExactly("shard00", "shard01");
        assertThat(hosts.mirroredConfigServers(sharded.id()))
                .extracting(Host::hostname)
                .containsExactly("cfg1.example.net", "cfg2.example.net", "cfg3.example.net");
        assertThat(hosts.list(group.id())).hasSize(9);
    }

    @Test
    void samePlanAgain_changesNothing() {
        Group first = database.write(tx -> enrolment.enter(tx, plan));
        List<Cluster> before = clusters.list(first.id());
        Group second = database.write(tx -> enrolment.enter(tx, plan));
        assertThat(second).isEqualTo(first);
        assertThat(clusters.list(first.id())).isEqualTo(before);
        assertThat(hosts.list(first.id())).hasSize(9);
    }
}
