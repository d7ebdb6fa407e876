package dev.holdfast.dist.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.server.DataDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code sweep} and {@code verify --rebuild-index} as they are typed. */
final class SweepCommandTest {
    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void dryRun_saysWhatWouldGo_andChangesNothing() throws Exception {
        CommandStore store = halfDead();
        List<Path> before = store.list("");
        assertThat(run(new SweepCommand(), "--dry-run")).isZero();
        assertThat(out.toString()).contains("repacked:", "bytes become free", "1 packs are repacked");
        assertThat(store.list("")).isEqualTo(before);
    }

    @Test
    void sweep_givesTheSpaceBack_andVerifyIsClean() throws Exception {
        CommandStore store = halfDead();
        long before = bytes(store);
        assertThat(run(new SweepCommand())).isZero();
        assertThat(out.toString()).contains("1 packs repacked");
        assertThat(bytes(store)).isLessThan(before / 2);
        assertThat(store.list("forwards")).hasSize(1);
        assertThat(run(new VerifyCommand())).isZero();
        assertThat(out.toString()).contains("all as written");
    }

    @Test
    void noRepack_leavesAPackOfWhichOneBlockIsNeeded() throws Exception {
        CommandStore store = halfDead();
        assertThat(run(new SweepCommand(), "--no-repack")).isZero();
        assertThat(store.list("packs")).hasSize(1);
        assertThat(store.list("forwards")).isEmpty();
    }

    @Test
    void youngFiles_stay() throws Exception {
        CommandStore store = new CommandStore(data);
        store.commit(1, 1, 2);
        store.forget(1);
        assertThat(run(new SweepCommand())).isZero();
        assertThat(store.list("packs")).hasSize(1);
        store.age();
        assertThat(run(new SweepCommand())).isZero();
        assertThat(store.list("packs")).isEmpty();
        assertThat(store.list("pages")).isEmpty();
    }

    @Test
    void json_isOneObject_withPlanAndWhatWasDone() throws Exception {
        halfDead();
        assertThat(run(new SweepCommand(), "--json")).isZero();
        assertThat(out.toString().lines()).hasSize(1);
        assertThat(out.toString())
                .startsWith("{\"plan\":{\"at\":")
                .contains("\"rule\":{\"jumpBytes\":", "\"repacked\":[{\"blob\":\"packs/", "\"done\":{\"packs\":0,")
                .endsWith("\"left\":[]}}\n");
    }

    @Test
    void whileAServerRuns_itRefuses_butADryRunIsDone() throws Exception {
        CommandStore store = halfDead();
        try (DataDirectory.Lock held = new DataDirectory(data).lock()) {
            assertThat(run(new SweepCommand())).isNotZero();
            assertThat(err.toString()).contains("another process serves the data directory");
            assertThat(store.list("packs")).hasSize(1);
            assertThat(run(new SweepCommand(), "--dry-run")).isZero();
        }
    }

    @Test
    void aBucketThatNodesMayShare_isSweptOnlyWhenNobodyElseIsSaidToRun() throws Exception {
        Files.createDirectories(data.resolve("store"));
        Path config = Files.writeString(
                data.resolve("holdfast.conf"),
                "store.s3 { bucket = snapshots, prefix = x, endpoint = \"http://127.0.0.1:9\" }\n"
                        + "database.url = \"jdbc:postgresql://127.0.0.1:9/x\"\n");
        assertThat(run(new SweepCommand(), "--config", config.toString())).isNotZero();
        assertThat(err.toString()).contains("other nodes may take uploads", "--alone");
    }

    @Test
    void aDamagedManifest_isTold_andNothingOfItsProjectGoes() throws Exception {
        CommandStore store = halfDead();
        Path root = store.list("manifests").get(0);
        byte[] bytes = Files.readAllBytes(root);
        bytes[bytes.length - 1] ^= 1;
        Files.write(root, bytes);
        assertThat(run(new SweepCommand())).isEqualTo(1);
        assertThat(out.toString()).contains("nothing may be swept");
        assertThat(store.list("packs")).hasSize(1);
    }

    @Test
    void anIndexThatIsMissingTornOrWrong_isMadeAgain() throws Exception {
        CommandStore store = new CommandStore(data);
        store.commit(1, 1, 2, 3);
        store.commit(2, 3, 4);
        List<Path> runs = store.list("index");
        byte[] good = Files.readAllBytes(runs.get(0));
        Files.write(runs.get(0), java.util.Arrays.copyOf(good, good.length / 2));
        Files.writeString(runs.get(0).resolveSibling("stray.txt"), "not a run");
        assertThat(run(new VerifyCommand())).isEqualTo(1);
        assertThat(run(new VerifyCommand(), "--rebuild-index"))
                .as(out.toString())
                .isZero();
        assertThat(out.toString()).contains("index of 1 projects made again from 2 packs", "all as written");
        try (Stream<Path> there = store.list("index").stream()) {
            assertThat(there).hasSize(1);
        }
        for (Path run : store.list("index")) {
            Files.delete(run);
        }
        assertThat(run(new VerifyCommand(), "--rebuild-index")).isZero();
        assertThat(store.list("index")).hasSize(1);
    }

    /** A pack of which one block of six is needed, two days old. */
    private CommandStore halfDead() throws Exception {
        CommandStore store = new CommandStore(data);
        store.commit(1, 1, 2, 3, 4, 5, 6);
        store.commit(2, 3);
        store.forget(1);
        store.age();
        return store;
    }

    private int run(Object command, String... arguments) {
        CommandLine line =
                new CommandLine(command).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(Stream.concat(Stream.of("--data", data.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static long bytes(CommandStore store) throws Exception {
        long sum = 0;
        for (Path file : store.list("packs")) {
            sum += Files.size(file);
        }
        return sum;
    }
}
