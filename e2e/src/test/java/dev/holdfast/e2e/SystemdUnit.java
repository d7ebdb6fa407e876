package dev.holdfast.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A unit in a root where no systemd runs. Started by hand with what matters of its sandbox: its user without any
 * capability, its environment, and a root that nobody can write to but where the unit says.
 */
record SystemdUnit(CleanRoot root, String name, Map<String, List<String>> settings) {
    static SystemdUnit read(CleanRoot root, String name) throws IOException {
        Map<String, List<String>> settings = new TreeMap<>();
        for (String line : Files.readAllLines(root.at("/usr/lib/systemd/system/" + name))) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                settings.computeIfAbsent(line.substring(0, equals), key -> new ArrayList<>())
                        .add(line.substring(equals + 1));
            }
        }
        return new SystemdUnit(root, name, settings);
    }

    /** The one value of a setting. */
    String get(String key) {
        List<String> values = settings.getOrDefault(key, List.of());
        if (values.size() != 1) {
            throw new AssertionError(name + " has " + values.size() + " values of " + key);
        }
        return values.get(0);
    }

    /** Whether systemd would start it now. */
    boolean asserts() {
        return Files.exists(root.at(get("AssertPathExists")));
    }

    /** Starts it; what it prints goes to {@code log}. The process is the program itself, so signals reach it. */
    Process start(Path log) throws IOException {
        String user = get("User");
        String environment = get("EnvironmentFile").replaceFirst("^-", "");
        String writable = get("ReadWritePaths");
        // strict: everything is read-only, /tmp is its own, and nothing that can be written to can be executed
        String mounts = """
                mount --bind "$0" "$0"
                mount --bind "$0%1$s" "$0%1$s"
                mount -o remount,bind,noexec,nosuid "$0%1$s"
                mount -t tmpfs -o mode=1777,noexec,nosuid tmpfs "$0/tmp"
                mount -t proc proc "$0/proc"
                mount -o remount,bind,ro "$0"
                exec chroot "$0" "$@"
                """.formatted(writable);
        String program = "umask " + get("UMask") + "; set -a; [ ! -e " + environment + " ] || . " + environment
                + "; exec " + get("ExecStart");
        String[] words = {
            "/usr/bin/env",
            "-i",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
            "setpriv",
            "--reuid=" + user,
            "--regid=" + get("Group"),
            "--init-groups",
            "--no-new-privs",
            "--bounding-set=-all",
            "--inh-caps=-all",
            "sh",
            "-c",
            program
        };
        return new ProcessBuilder(root.enter(mounts, words))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Whether every one of these switches is on. */
    boolean isHardened() {
        return Stream.of("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "LockPersonality", "RestrictSUIDSGID")
                        .allMatch(key -> get(key).equals("yes"))
                && get("ProtectSystem").equals("strict")
                && get("CapabilityBoundingSet").isEmpty()
                && settings.get("SystemCallFilter").get(0).equals("@system-service");
    }
}
