package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A Debian with nothing in it but Debian (debootstrap, minbase). Programs see it as their whole machine, in mounts of
 * their own that end with them; processes and the network are this machine's.
 */
record CleanRoot(Path path) {
    /** Named by ./test where one can be made. */
    static final String POSSIBLE = "HOLDFAST_TEST_DEBOOTSTRAP";

    private static final String ENTER = "mount -t proc proc \"$0/proc\" && exec chroot \"$0\" /usr/bin/env -i"
            + " PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive \"$@\"";

    /** Makes one, of this machine's release and from where it gets its own packages. */
    static CleanRoot make(Path folder) throws IOException, InterruptedException {
        Path root = folder.resolve("root");
        Command.bash(folder, """
                . /etc/os-release
                read -r mirror < <(apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' 'Identifier: Packages' |
                  awk -v name="$VERSION_CODENAME" '$2 == name && $3 == "main" {print $1; exit}')
                debootstrap --variant=minbase "$VERSION_CODENAME" root "$mirror" >debootstrap.log 2>&1 ||
                  { tail -20 debootstrap.log >&2; exit 1; }
                echo force-unsafe-io > root/etc/dpkg/dpkg.cfg.d/unsafe-io
                """);
        return new CleanRoot(root);
    }

    /** Removes it: its links lead to this machine's files, so nothing that follows them may do it. */
    void delete() throws IOException, InterruptedException {
        Command.ok(path.getParent(), "rm", "-rf", "--one-file-system", path.toString());
    }

    /** The words that run {@code words} in it as root. */
    List<String> enter(String... words) {
        return enter(ENTER, words);
    }

    /** The same after other mounts: {@code line} is a line of a shell, in which {@code $0} is the root. */
    List<String> enter(String line, String... words) {
        List<String> all = new ArrayList<>(List.of("unshare", "--mount", "--", "sh", "-ec", line, path.toString()));
        all.addAll(List.of(words));
        return all;
    }

    /** Runs a program in it, whatever comes of it. */
    Command run(String... words) throws IOException, InterruptedException {
        return Command.run(path, Map.of(), enter(words));
    }

    /** Runs a program in it that must succeed. */
    Command ok(String... words) throws IOException, InterruptedException {
        Command done = run(words);
        assertThat(done.exit())
                .as("%s%n%s%n%s", String.join(" ", words), done.out(), done.err())
                .isZero();
        return done;
    }

    /** Installs, upgrades or downgrades to a package that lies on this machine, as an administrator would. */
    Command install(Path... packages) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("apt-get", "install", "-y", "--allow-downgrades"));
        for (Path each : packages) {
            Path copy = path.resolve("tmp").resolve(each.getFileName());
            Files.deleteIfExists(copy);
            Files.copy(each, copy);
            words.add("/tmp/" + each.getFileName());
        }
        return ok(words.toArray(String[]::new));
    }

    /** Writes a file in it; the owner is root. */
    Path write(String name, String content) throws IOException {
        return Files.writeString(at(name), content);
    }

    /** A path in it, seen from outside. */
    Path at(String name) {
        return path.resolve(name.substring(1));
    }

    /** Owner, group and mode, as {@code root:root 644}. */
    String owner(String name) throws IOException, InterruptedException {
        return ok("stat", "-c", "%U:%G %a", name).out().trim();
    }

    /** Every path in it, but what apt and dpkg note down of everything that they do, and the processes. */
    Set<String> paths() throws IOException {
        Set<String> own = Set.of("proc", "sys", "dev", "run", "tmp");
        try (Stream<Path> all = Files.walk(path)) {
            return all.map(each -> "/" + path.relativize(each))
                    .filter(name -> !own.contains(name.substring(1).split("/", 2)[0]))
                    .filter(name -> !name.matches("/var/(lib/dpkg|lib/apt|cache|log)(/.*)?"))
                    // copies that are made of /etc/passwd before it is changed
                    .filter(name -> !name.matches("/etc/(passwd|group|shadow|gshadow|subuid|subgid)-"))
                    .collect(TreeSet::new, Set::add, Set::addAll);
        }
    }
}
