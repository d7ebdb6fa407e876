package dev.holdfast.agent.restore;

import dev.holdfast.agent.link.AgentKey;
import dev.holdfast.agent.link.Pause;
import dev.holdfast.agent.link.RestoreLink;
import dev.holdfast.agent.link.RetryPolicy;
import dev.holdfast.contract.agentapi.AgentWork;
import dev.holdfast.contract.agentapi.AssignmentKind;
import dev.holdfast.contract.agentapi.RestoreWork;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import dev.holdfast.contract.publicapi.ApiJson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One restore in a process of its own, so that a test can kill it. */
final class RestoreProcess {
    static final HostId HOST = new HostId("5462e6b97a312f26496f7d1385ec6ed5");
    static final RetryPolicy POLICY = new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(1));

    private RestoreProcess() {}

    /** Arguments: the server, the key file, the directory, bytes of the archive, the step to halt at (or nothing). */
    public static void main(String[] words) throws InterruptedException {
        RestoreTask task = task(URI.create(words[0]), Path.of(words[1]), Path.of(words[2]));
        String haltAt = words.length > 4 ? words[4] : "";
        task.run(work(Integer.parseInt(words[3])), (step, done, total) -> {
            if (step.equals(haltAt) && done > 0) {
                System.out.println("halted");
                System.out.flush();
                halt();
            }
        });
        System.out.println("done");
    }

    private static void halt() {
        try {
            Thread.sleep(Duration.ofMinutes(5).toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static RestoreTask task(URI server, Path keyFile, Path directory) {
        GroupId group = new GroupId("5196d3628d022db4cbc26d9e");
        AgentKey key = AgentKey.find(keyFile, Map.of());
        RestoreLink link = new RestoreLink(server, group, key, null, POLICY, Pause.REAL);
        return new RestoreTask(link, Map.of(HOST, directory), duration -> {});
    }

    static AgentWork.Assigned work(int archiveBytes) {
        RestoreWork.Order order =
                new RestoreWork.Order("56da071f8d022d10b2f0a7c4", "top.tar.gz", archiveBytes, 1_000_000);
        return new AgentWork.Assigned(
                "56da071f8d022d10b2f0a7ff",
                1,
                AssignmentKind.RESTORE,
                HOST.hex(),
                120,
                ApiJson.mapper().valueToTree(order));
    }

    /** Starts it. */
    static Process start(Path log, List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RestoreProcess.class.getName()));
        command.addAll(words);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Files.createFile(log).toFile())
                .start();
    }
}
