package dev.holdfast.dist.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeploymentFileTest {
    @TempDir
    private Path folder;

    @Test
    void demoFile_isWhatTheDemoBacksUp() {
        DeploymentPlan plan =
                DeploymentFile.parse(ConfigFactory.parseResources("dev/holdfast/dist/demo.conf"), "demo.conf");
        assertThat(plan.project()).isEqualTo("Holdfast demo");
        assertThat(plan.replicaSets())
                .extracting(DeploymentPlan.ReplicaSet::name)
                .containsExactly("accounts");
        DeploymentPlan.ShardedCluster sharded = plan.shardedClusters().get(0);
        assertThat(sharded.shards())
                .extracting(DeploymentPlan.ReplicaSet::shard)
                .containsExactly("shard00", "shard01");
        assertThat(sharded.mirroredConfigServers())
                .extracting(DeploymentPlan.Address::toString)
                .containsExactly("cfg1.example.net:27019", "cfg2.example.net:27019", "cfg3.example.net:27019");
    }

    @Test
    void allProblems_areReportedTogether() {
        String text = "replicaSets = [ { name = rs, members = [\"nowhere\"], colour = red } ]\n"
                + "shardedClusters = [ { name = s, mirroredConfigServers = [\"a:1\"] } ]";
        assertThatThrownBy(() -> DeploymentFile.parse(ConfigFactory.parseString(text), "plan.conf"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plan.conf has 6 problem(s)")
                .hasMessageContaining("project: is missing")
                .hasMessageContaining("replicaSets[0].colour: is unknown")
                .hasMessageContaining("replicaSets[0].members: nowhere is not HOSTNAME:PORT")
                .hasMessageContaining("replicaSets[0].members: a replica set has at least one")
                .hasMessageContaining("shardedClusters[0].shards: a sharded cluster has at least one")
                .hasMessageContaining("shardedClusters[0].mirroredConfigServers: name three");
    }

    @Test
    void fileThatIsNotHocon_isRefusedWithItsName() throws Exception {
        Path file = Files.writeString(folder.resolve("broken.conf"), "project = [");
        assertThatThrownBy(() -> DeploymentFile.read(file)).hasMessageContaining("broken.conf is not HOCON");
        assertThatThrownBy(() -> DeploymentFile.read(folder.resolve("absent.conf")))
                .hasMessageContaining("absent.conf cannot be read")
                .hasMessageContaining("HINT");
    }
}
