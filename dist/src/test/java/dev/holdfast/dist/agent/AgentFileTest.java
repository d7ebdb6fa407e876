package dev.holdfast.dist.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.holdfast.agent.served.ServedHost;
import dev.holdfast.contract.id.HostId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AgentFileTest {
    private static final HostId HOST = new HostId("5462e6b97a312f26496f7d1385ec6ed5");

    @Test
    void everySettingReachesItsPlace() {
        AgentPlan plan = parse("""
                server = "https://backup.example.net:8443", group = 5196d3628d022db4cbc26d9e, name = db1
                agent-key-file = /k, ca = /ca.pem, state = /s, threads = 3
                hosts { 5462e6b97a312f26496f7d1385ec6ed5 {
                  dbpath = /db, frozen = true, freeze = ["/f", "a b"], thaw = ["/t"], freeze-time = 2s, thaw-time = 3s
                  follow = [journal], storage-engine = wiredTiger, mongod-options = "--x", encrypted-with = uuid
                  restore-into = /new } }
                """);
        assertThat(plan.server()).hasToString("https://backup.example.net:8443");
        assertThat(plan.group().hex()).isEqualTo("5196d3628d022db4cbc26d9e");
        assertThat(plan.name()).isEqualTo("db1");
        assertThat(plan.keyFile()).isEqualTo(Path.of("/k"));
        assertThat(plan.authorities()).isEqualTo(Path.of("/ca.pem"));
        assertThat(plan.state()).isEqualTo(Path.of("/s"));
        assertThat(plan.threads()).isEqualTo(3);
        assertThat(plan.restores()).isEqualTo(Map.of(HOST, Path.of("/new")));
        ServedHost host = plan.hosts().get(0);
        assertThat(host.id()).isEqualTo(HOST);
        assertThat(host.directory()).isEqualTo(Path.of("/db"));
        assertThat(host.frozen()).isTrue();
        assertThat(host.commands().freeze()).containsExactly("/f", "a b");
        assertThat(host.commands().thaw()).containsExactly("/t");
        assertThat(host.commands().freezeTime()).isEqualTo(Duration.ofSeconds(2));
        assertThat(host.commands().thawTime()).isEqualTo(Duration.ofSeconds(3));
        assertThat(host.follow()).containsExactly("journal");
        assertThat(host.storageEngine()).isEqualTo("wiredTiger");
        assertThat(host.mongodOptions()).isEqualTo("--x");
        assertThat(host.masterKeyUuid()).isEqualTo("uuid");
    }

    @Test
    void allProblemsAreToldTogether() {
        assertThatThrownBy(() -> parse("""
                        group = x, threads = 0, colour = red
                        hosts { short { dbpath = /db }
                          5462e6b97a312f26496f7d1385ec6ed5 { freeze = ["/f"], freeze-time = 30h, thaw-tim = 1s } }
                        """))
                .hasMessageContaining("group: must be")
                .hasMessageContaining("server: must be")
                .hasMessageContaining("state: must be")
                .hasMessageContaining("threads: must be")
                .hasMessageContaining("colour: there is no such setting")
                .hasMessageContaining("hosts.short: must be the host's id")
                .hasMessageContaining("dbpath: must be")
                .hasMessageContaining("freeze-time: must be")
                .hasMessageContaining("thaw: must be")
                .hasMessageContaining("thaw-tim: there is no such setting");
        assertThatThrownBy(() -> parse("server = \"http://a:1\", group = 5196d3628d022db4cbc26d9e, state = /s"))
                .hasMessageContaining("hosts: must name a host");
    }

    private static AgentPlan parse(String text) {
        return AgentFile.parse(ConfigFactory.parseString(text), "agent.conf");
    }
}
