package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is handed out: the archives run, the image runs, and the same sources give the same bytes. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class PackagesIT {
    private static final String VERSION = "0.1.0~test1";

    @TempDir
    private static Path folder;

    private static PackageBuild packages;

    @BeforeAll
    static void pack() throws Exception {
        packages = PackageBuild.ofThisBuild(folder.resolve("packages"), VERSION);
    }

    @Test
    void archiveWithARunTime_runsTheDemoWithoutJava() throws Exception {
        Path home = unpack(packages.file("holdfast-.*-linux-.*\\.tar\\.gz"), "with");
        String java = home.resolve("runtime/bin/java").toString();
        assertThat(Command.ok(home, java, "--list-modules").out())
                .contains("java.base", "java.net.http", "java.sql", "jdk.crypto.ec", "jdk.management")
                .doesNotContain("java.desktop", "jdk.compiler");
        Command demo = Command.run(
                home,
                Map.of("JAVA_HOME", "/nonexistent"),
                List.of(home.resolve("bin/holdfast").toString(), "demo", "--once", "--data", folder + "/demo"));
        assertThat(demo.exit()).as(demo.out() + demo.err()).isZero();
        assertThat(demo.out()).contains("curl --user");
        assertThat(demo.err()).doesNotContain("ERROR", "Exception", "WARN");
        assertThat(home.resolve("lib")).isDirectoryContaining("glob:**/holdfast-server-*.jar");
        for (String each : List.of(
                "LICENSE",
                "README.md",
                "holdfast.cdx.json",
                "conf/holdfast.conf",
                "docs/getting-started.md",
                "docs/decisions/0001-archive-lives-in-the-store.md",
                "monitoring/alerts.yml",
                "completion/holdfast.bash")) {
            assertThat(home.resolve(each)).isNotEmptyFile();
        }
        Command.bash(home, "source completion/holdfast.bash && complete -p holdfast");
    }

    @Test
    void archiveWithoutARunTime_takesTheJavaOfTheMachine_andSaysWhenThereIsNone() throws Exception {
        Path home = unpack(packages.file("holdfast-0[^-]*\\.tar\\.gz"), "without");
        assertThat(home.resolve("runtime")).doesNotExist();
        String program = home.resolve("bin/holdfast").toString();
        Command with =
                Command.run(home, Map.of("JAVA_HOME", System.getProperty("java.home")), List.of(program, "version"));
        assertThat(with.exit()).as(with.err()).isZero();
        assertThat(with.out()).startsWith("holdfast ");
        Command without = Command.run(
                home, Map.of("JAVA_HOME", "/nonexistent", "HOLDFAST_JAVA_OPTS", ""), List.of(program, "version"));
        assertThat(without.exit()).isEqualTo(1);
        assertThat(without.err()).contains("no Java was found").contains("HINT:");
    }

    @Test
    void list_saysEverythingThatIsInside() throws Exception {
        JsonNode sbom = new ObjectMapper()
                .readTree(packages.file("holdfast-.*\\.cdx\\.json").toFile());
        assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        // by name and version: Flyway brings a second Jackson of the same names
        Set<String> components = new TreeSet<>();
        sbom.path("components")
                .forEach(each -> components.add(
                        each.path("name").asText() + "-" + each.path("version").asText()));
        try (var jars = Files.list(Path.of(System.getProperty("holdfast.lib")))) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                String name = jar.getFileName().toString();
                assertThat(components)
                        .as(name)
                        .anyMatch(each -> name.startsWith(each) || name.startsWith("holdfast-dist-"));
            }
        }
        assertThat(components).noneMatch(each -> each.matches("(junit-jupiter|assertj-core|jqwik)-.*"));
    }

    @Test
    void image_isMadeWithoutADaemon_andRunsAsItsOwnUser() throws Exception {
        Path image = Files.createDirectory(folder.resolve("image"));
        Path tar = packages.file("holdfast-.*-image-.*\\.tar");
        Command.ok(image, "tar", "-xf", tar.toString());
        JsonNode manifest = new ObjectMapper()
                .readTree(image.resolve("manifest.json").toFile())
                .path(0);
        JsonNode config = new ObjectMapper()
                .readTree(image.resolve(manifest.path("Config").asText()).toFile())
                .path("config");
        assertThat(config.path("User").asText()).isEqualTo("10001:10001");
        assertThat(config.path("Volumes").has("/var/lib/holdfast")).isTrue();
        assertThat(manifest.path("RepoTags").path(0).asText()).isEqualTo("holdfast:0.1.0-test1");
        if (!"0".equals(Command.ok(image, "id", "-u").out().trim())) {
            return; // only root can enter it
        }
        Path root = Files.createDirectory(image.resolve("root"));
        for (JsonNode layer : manifest.path("Layers")) {
            Command.ok(image, "tar", "-C", root.toString(), "-xpf", layer.asText());
        }
        StringBuilder program = new StringBuilder();
        config.path("Entrypoint")
                .forEach(word -> program.append("'").append(word.asText()).append("' "));
        // what a container engine does: names are asked for somewhere, its processes, its devices, its user
        String run = "LC_ALL=C.UTF-8 unshare --mount -- sh -ec 'mkdir -p root/proc root/dev;"
                // the root is a mount, as it is in a container: Java asks what the data lies on
                + " mount --bind root root;"
                + " mount -t proc proc root/proc; mount --bind /dev root/dev;"
                + " exec chroot --userspec=10001:10001 root \"$@\"' sh " + program;
        Files.writeString(root.resolve("etc/resolv.conf"), "nameserver 127.0.0.1\n");
        Command version = Command.bash(image, run + "version");
        assertThat(version.out()).startsWith("holdfast ");
        Command demo = Command.bash(image, run + "demo --once --data /var/lib/holdfast/data");
        assertThat(demo.out()).contains("curl --user");
        assertThat(demo.err()).doesNotContain("ERROR", "Exception", "WARN");
        assertThat(Command.ok(root, "stat", "-c", "%u:%g %a", "var/lib/holdfast/data")
                        .out()
                        .trim())
                .isEqualTo("10001:10001 700");
        assertThat(Command.ok(root, "find", ".", "-xdev", "-perm", "/6000").out())
                .as("programs that change the user")
                .isEmpty();
        assertThat(root.resolve("bin")).as("a shell, or anything else to run").doesNotExist();
    }

    @Test
    void sameSourcesInAnotherFolder_giveTheSameBytes() throws Exception {
        Path other = Files.createDirectories(folder.resolve("some/other folder"));
        Command.bash(
                PackageBuild.sources(),
                "{ git ls-files -z --cached --others --exclude-standard 2>/dev/null || find . -type f -print0; }"
                        + " | grep -zv '/target/' | tar --null --files-from=- --ignore-failed-read -c | tar -x -C '"
                        + other
                        + "'");
        PackageBuild second = PackageBuild.run(
                other,
                Map.of("HOLDFAST_GIT_HASH", commit()),
                folder.resolve("second"),
                List.of(
                        "--version",
                        VERSION,
                        "--output",
                        folder.resolve("second").toString()));
        // a class that an earlier build left in target/ is in the first only: mvn clean
        assertThat(second.sums()).isEqualTo(packages.sums()).hasSize(7);
    }

    /** The commit that this build says it is of. */
    private static String commit() throws Exception {
        String version = Holdfast.run(folder, Map.of(), "version").out();
        return version.substring(version.indexOf('(') + 1, version.indexOf(')'));
    }

    private static Path unpack(Path archive, String name) throws Exception {
        Path to = Files.createDirectory(folder.resolve(name));
        Command.ok(to, "tar", "-xzf", archive.toString());
        try (var top = Files.list(to)) {
            List<Path> all = top.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
