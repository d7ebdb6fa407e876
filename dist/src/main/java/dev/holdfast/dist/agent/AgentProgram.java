package dev.holdfast.dist.agent;

import dev.holdfast.agent.Capture;
import dev.holdfast.agent.CaptureSettings;
import dev.holdfast.agent.link.AgentKey;
import dev.holdfast.agent.link.Pause;
import dev.holdfast.agent.link.RestoreLink;
import dev.holdfast.agent.link.RetryPolicy;
import dev.holdfast.agent.link.TrustedAuthorities;
import dev.holdfast.agent.link.WorkLink;
import dev.holdfast.agent.restore.RestoreTask;
import dev.holdfast.agent.served.CaptureTask;
import dev.holdfast.agent.served.ServedHost;
import dev.holdfast.agent.work.Identity;
import dev.holdfast.agent.work.Notices;
import dev.holdfast.agent.work.Task;
import dev.holdfast.agent.work.WorkLoop;
import dev.holdfast.contract.agentapi.AssignmentKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/** An agent that runs all the time, made of its file. */
public final class AgentProgram {
    private final AgentPlan plan;
    private final Map<String, String> environment;
    private final String version;
    private final Clock clock;
    private final RandomGenerator random;
    private final Notices notices;

    /** Does no I/O; {@code environment} may hold the agent key. */
    public AgentProgram(
            AgentPlan plan,
            Map<String, String> environment,
            String version,
            Clock clock,
            RandomGenerator random,
            Notices notices) {
        this.plan = plan;
        this.environment = environment;
        this.version = version;
        this.clock = clock;
        this.random = random;
        this.notices = notices;
    }

    /**
     * Works until the thread is interrupted.
     *
     * @throws IOException if the state directory cannot be used, or another agent uses it
     * @throws dev.holdfast.agent.trouble.CaptureFailed if the key or the certificates cannot be used, or a host that was
     *     frozen when the agent died cannot be let go
     */
    public void run() throws IOException {
        AgentKey key = AgentKey.find(plan.keyFile(), environment);
        CaptureSettings.Server server =
                new CaptureSettings.Server(plan.server(), plan.group(), key, plan.authorities());
        Files.createDirectories(plan.state());
        try (FileChannel file = FileChannel.open(
                        plan.state().resolve("agent.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(file, plan.state())) {
            if (!lock.isValid()) {
                throw inUse(plan.state());
            }
            work(server, key);
        }
    }

    private void work(CaptureSettings.Server server, AgentKey key) {
        CaptureTask captures = new CaptureTask(
                new Capture(clock, Pause.REAL),
                server,
                plan.threads(),
                plan.hosts(),
                plan.state(),
                Pause.REAL,
                notices);
        captures.recover();
        Identity who = new Identity(
                plan.name() == null ? machine() : plan.name(),
                Long.toHexString(random.nextLong()),
                version,
                plan.hosts().stream().map(ServedHost::id).toList());
        SSLContext tls = plan.authorities() == null ? null : TrustedAuthorities.of(plan.authorities());
        WorkLink link = new WorkLink(plan.server(), plan.group(), key, tls, RetryPolicy.STANDARD, Pause.REAL);
        Map<AssignmentKind, Task> tasks = new EnumMap<>(AssignmentKind.class);
        tasks.put(AssignmentKind.CAPTURE, captures);
        // an agent that may write nowhere does not say that it can restore
        if (!plan.restores().isEmpty()) {
            RestoreLink archives =
                    new RestoreLink(plan.server(), plan.group(), key, tls, RetryPolicy.STANDARD, Pause.REAL);
            tasks.put(AssignmentKind.RESTORE, new RestoreTask(archives, plan.restores(), Pause.REAL));
        }
        notices.say("agent " + who.name() + " serves " + plan.hosts().size() + " host(s) of project " + plan.group()
                + " at " + plan.server());
        new WorkLoop(link, who, tasks, Pause.REAL, notices).run();
    }

    /** Two agents with one state would let go what the other has frozen. */
    private static FileLock lock(FileChannel file, Path state) throws IOException {
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(state);
        }
        throw inUse(state);
    }

    private static IOException inUse(Path state) {
        return new IOException("another agent uses the state directory " + state + "\nHINT: stop it, or give this one a"
                + " state directory and a name of its own.");
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._:-]", "_");
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "this machine does not know its own name\nHINT: give the agent one: name = \"...\"", e);
        }
    }
}
