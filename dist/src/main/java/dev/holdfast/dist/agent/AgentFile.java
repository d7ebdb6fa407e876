package dev.holdfast.dist.agent;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import dev.holdfast.agent.freeze.FreezeCommands;
import dev.holdfast.agent.served.ServedHost;
import dev.holdfast.agent.trouble.CaptureFailed;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.HostId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads an agent's file (HOCON); all its problems are reported together. docs/agent.md shows one. */
public final class AgentFile {
    private static final Set<String> TOP =
            Set.of("server", "group", "name", "agent-key-file", "ca", "state", "threads", "hosts");
    private static final Set<String> HOST = Set.of(
            "dbpath",
            "frozen",
            "freeze",
            "thaw",
            "freeze-time",
            "thaw-time",
            "follow",
            "storage-engine",
            "mongod-options",
            "encrypted-with",
            "restore-into");
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int MAX_THREADS = 64;

    private final List<String> problems = new ArrayList<>();
    private final Map<HostId, Path> restores = new HashMap<>();

    private AgentFile() {}

    /**
     * Reads {@code file}.
     *
     * @throws IllegalArgumentException with all problems, a line each
     */
    public static AgentPlan read(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    "the agent's file " + file + " cannot be read\nHINT: name a file that exists with --config.");
        }
        try {
            ConfigParseOptions hocon =
                    ConfigParseOptions.defaults().setAllowMissing(false).setSyntax(ConfigSyntax.CONF);
            return parse(ConfigFactory.parseFile(file.toFile(), hocon).resolve(), file.toString());
        } catch (ConfigException e) {
            throw new IllegalArgumentException(
                    "the agent's file " + file + " is not HOCON: " + e.getMessage()
                            + "\nHINT: docs/agent.md shows one.",
                    e);
        }
    }

    /** Reads what is parsed already; {@code name} stands for it in messages. */
    public static AgentPlan parse(Config config, String name) {
        AgentFile reader = new AgentFile();
        AgentPlan plan = reader.plan(config);
        if (!reader.problems.isEmpty()) {
            throw new IllegalArgumentException("the agent's file " + name + " has " + reader.problems.size()
                    + " problem(s):\n  " + String.join("\n  ", reader.problems) + "\nHINT: docs/agent.md shows one.");
        }
        return plan;
    }

    private AgentPlan plan(Config config) {
        known(config, "", TOP);
        String group = text(config, "group", "");
        GroupId project = group == null ? null : GroupId.parse(group).orElse(null);
        if (project == null) {
            problems.add("group: must be the project's id, 24 lower-case hexadecimal digits");
        }
        String server = text(config, "server", "");
        URI address = server == null ? null : checked("server", () -> URI.create(server));
        if (address == null) {
            problems.add("server: must be where holdfast serve answers, http://HOST:PORT or https://HOST:PORT");
        }
        Path state = path(config, "state", "");
        if (state == null) {
            problems.add("state: must be a directory that the agent may write to");
        }
        int threads = value(
                config,
                "threads",
                "",
                Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()),
                key -> config.getInt(key));
        if (threads < 1 || threads > MAX_THREADS) {
            problems.add("threads: must be 1 to " + MAX_THREADS);
        }
        return new AgentPlan(
                address,
                project,
                text(config, "name", ""),
                path(config, "agent-key-file", ""),
                path(config, "ca", ""),
                state,
                threads,
                hosts(config),
                Map.copyOf(restores));
    }

    private List<ServedHost> hosts(Config config) {
        List<ServedHost> hosts = new ArrayList<>();
        Config all = value(config, "hosts", "", ConfigFactory.empty(), config::getConfig);
        for (String name : new TreeSet<>(all.root().keySet())) {
            String at = "hosts." + name + ".";
            Config one = value(all, ConfigUtil.joinPath(name), at, ConfigFactory.empty(), all::getConfig);
            known(one, at, HOST);
            HostId id = HostId.parse(name).orElse(null);
            if (id == null) {
                problems.add("hosts." + name + ": must be the host's id, 32 lower-case hexadecimal digits");
            }
            Path directory = path(one, "dbpath", at);
            if (directory == null) {
                problems.add(at + "dbpath: must be the data directory");
            }
            FreezeCommands commands = commands(one, at);
            Path restore = path(one, "restore-into", at);
            if (id != null && restore != null) {
                restores.put(id, restore);
            }
            if (id != null && directory != null) {
                hosts.add(new ServedHost(
                        id,
                        directory,
                        value(one, "frozen", at, false, one::getBoolean),
                        commands,
                        new LinkedHashSet<>(value(one, "follow", at, List.<String>of(), one::getStringList)),
                        text(one, "storage-engine", at),
                        text(one, "mongod-options", at),
                        text(one, "encrypted-with", at)));
            }
        }
        if (hosts.isEmpty() && problems.isEmpty()) {
            problems.add("hosts: must name a host");
        }
        return hosts;
    }

    private FreezeCommands commands(Config one, String at) {
        List<String> freeze = value(one, "freeze", at, List.<String>of(), one::getStringList);
        List<String> thaw = value(one, "thaw", at, List.<String>of(), one::getStringList);
        Duration freezeTime = time(one, "freeze-time", at);
        Duration thawTime = time(one, "thaw-time", at);
        try {
            return new FreezeCommands(freeze, thaw, freezeTime, thawTime);
        } catch (CaptureFailed e) {
            problems.add(at + "thaw: must be the program that lets the data go, for there is one that freezes it");
            return FreezeCommands.NONE;
        }
    }

    private Duration time(Config config, String key, String at) {
        Duration time = value(config, key, at, Duration.ofMinutes(1), config::getDuration);
        if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(LONGEST) > 0) {
            problems.add(at + key + ": must be a time of at most 24 hours, for example 30s");
            return Duration.ofMinutes(1);
        }
        return time;
    }

    private Path path(Config config, String key, String at) {
        String text = text(config, key, at);
        return text == null ? null : checked(at + key, () -> Path.of(text));
    }

    private String text(Config config, String key, String at) {
        String text = value(config, key, at, (String) null, config::getString);
        return text == null || text.isBlank() ? null : text;
    }

    private interface Making<T> {
        T make();
    }

    private <T> T checked(String what, Making<T> making) {
        try {
            return making.make();
        } catch (IllegalArgumentException e) {
            problems.add(what + ": cannot be understood");
            return null;
        }
    }

    private <T> T value(Config config, String key, String at, T otherwise, Function<String, T> read) {
        try {
            return config.hasPath(key) ? read.apply(key) : otherwise;
        } catch (ConfigException e) {
            problems.add(at + key + ": has the wrong shape");
            return otherwise;
        }
    }

    private void known(Config config, String at, Set<String> names) {
        Set<String> unknown = new HashSet<>(config.root().keySet());
        unknown.removeAll(names);
        new TreeSet<>(unknown).forEach(name -> problems.add(at + name + ": there is no such setting"));
    }
}
