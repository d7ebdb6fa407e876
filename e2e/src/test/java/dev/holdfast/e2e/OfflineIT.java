package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with a store while no server runs: copy, break, repair, export, import, drill. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class OfflineIT {
    @TempDir
    private Path folder;

    private Installation installation;
    private String data;
    private String snapshot;
    private Path downloaded;
    private String job;

    @BeforeEach
    void capture() throws Exception {
        installation = Installation.make(folder);
        data = installation.data().toString();
        Path dbpath = Files.createDirectory(folder.resolve("db"));
        byte[] random = new byte[9 << 20];
        new Random(7).nextBytes(random);
        Files.write(dbpath.resolve("collection-0.wt"), random);
        Files.write(dbpath.resolve("empty.wt"), new byte[0]);
        Files.write(Files.createDirectory(dbpath.resolve("journal")).resolve("WiredTigerLog.1"), new byte[300_000]);
        try (Holdfast server = Holdfast.serve(folder, "--data", data, "--listen", "127.0.0.1:0")) {
            Command taken = installation.snapshot(server, dbpath);
            assertThat(taken.exit()).as(taken.err()).isZero();
            PublicApi api = installation.api(server);
            String host = api.groupPath() + "/hosts/" + installation.env().get("HOST_ID");
            snapshot = api.get(host + "/snapshots").at("/results/0/id").asText();
            JsonNode made = api.post(host + "/restoreJobs", "{\"snapshotId\":\"" + snapshot + "\"}");
            job = made.path("id").asText();
            downloaded = api.download(made.at("/delivery/url").asText());
        }
    }

    @Test
    void export_hasEveryByteOfTheDownload_andImportOfIt_theSameContent_andDrillPasses() throws Exception {
        Path exported = folder.resolve("out.tar.gz");
        ok("export", snapshot, exported.toString(), "--data", data, "--job", job);
        assertThat(Files.mismatch(exported, downloaded)).isEqualTo(-1);
        Command again = run("export", snapshot, exported.toString(), "--data", data);
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).contains("already").contains("HINT:");

        String imported = find(
                ok(
                                "import",
                                exported.toString(),
                                "--data",
                                data,
                                "--group",
                                installation.env().get("GROUP_ID"),
                                "--host",
                                installation.env().get("HOST_ID"))
                        .out(),
                "snapshot ");
        Path second = folder.resolve("second.tar.gz");
        ok("export", imported, second.toString(), "--data", data);
        assertThat(Command.bash(folder, "zcat second.tar.gz | tar -xOf - | sha256sum")
                        .out())
                .isEqualTo(Command.bash(folder, "zcat out.tar.gz | tar -xOf - | sha256sum")
                        .out());

        Command drill = ok(
                "drill",
                imported,
                "--data",
                data,
                "--to",
                folder.resolve("scratch").toString());
        assertThat(drill.out()).contains("PASSED").contains("3 files").contains("NOT CHECKED BY WIREDTIGER");
        assertThat(Command.bash(folder, "find scratch -mindepth 1").out()).isEmpty();
        ok("verify", "--data", data, "--snapshot", imported);
        try (Holdfast server = Holdfast.serve(folder, "--data", data, "--listen", "127.0.0.1:0")) {
            JsonNode ours = installation.api(server).own("/snapshots/" + imported);
            assertThat(ours.at("/drills/0/statusName").asText()).isEqualTo("PASSED");
        }
    }

    @Test
    void damage_isNamedAndMarked_andMendedFromTheCopy() throws Exception {
        String copy = folder.resolve("copy").toString();
        ok("copy", "--data", data, "--to", copy);
        assertThat(ok("copy", snapshot, "--data", data, "--to", copy).out()).contains("0 parts copied, 1 were there");
        Path pack = Path.of(Command.bash(installation.data(), "find \"$PWD/store\" -name '*.pack' -size +1M | head -1")
                .out()
                .trim());
        try (RandomAccessFile file = new RandomAccessFile(pack.toFile(), "rw")) {
            file.seek(file.length() / 2);
            int old = file.read();
            file.seek(file.length() / 2);
            file.write(old ^ 0x10);
        }
        Command verify = run("verify", "--data", data, "--budget", "1GB", "--output", "json");
        assertThat(verify.exit()).as(verify.out() + verify.err()).isEqualTo(1);
        assertThat(verify.out())
                .contains(pack.getFileName().toString())
                .contains(snapshot)
                .contains("\"clean\" : false");
        try (Holdfast server = Holdfast.serve(folder, "--data", data, "--listen", "127.0.0.1:0")) {
            PublicApi api = installation.api(server);
            assertThat(api.own("/scrub").at("/findings/0/file").asText())
                    .endsWith(pack.getFileName().toString());
            assertThat(api.own("/snapshots/" + snapshot).at("/parts/0/damaged").asText())
                    .contains("damaged");
            Command busy = run("repair", "--data", data, "--from", copy);
            assertThat(busy.exit()).isEqualTo(1);
            assertThat(busy.err()).contains("another process serves");
        }
        Command plan = run("repair", "--data", data, "--from", copy, "--dry-run");
        assertThat(plan.exit()).isEqualTo(1);
        assertThat(plan.out()).contains("MEND packs/").contains("whole from the other store");
        ok("repair", "--data", data, "--from", copy);
        ok("verify", "--data", data);
        Path exported = folder.resolve("out.tar.gz");
        ok("export", snapshot, exported.toString(), "--data", data, "--job", job);
        assertThat(Files.mismatch(exported, downloaded)).isEqualTo(-1);
    }

    @Test
    void copyThatIsKilled_goesOnWhereItWas() throws Exception {
        Path copy = folder.resolve("copy");
        Process first = new ProcessBuilder(Holdfast.words("copy", "--data", data, "--to", copy.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("copy.log").toFile())
                .start();
        while (first.isAlive() && Files.notExists(copy.resolve("packs"))) {
            Thread.sleep(2);
        }
        first.destroyForcibly().waitFor();
        ok("copy", "--data", data, "--to", copy.toString());
        String names = "find packs pages manifests store -type f | sort | xargs sha256sum";
        assertThat(Command.bash(copy, names).out())
                .isEqualTo(Command.bash(installation.data().resolve("store"), names)
                        .out());
    }

    @Test
    void hostileArchives_areRefused_andNothingIsWritten() throws Exception {
        Command.bash(folder, "mkdir -p h/top && cd h && echo x > top/a && ln -s /etc top/link && mkfifo top/pipe");
        String before =
                Command.bash(installation.data(), "find store -type f | sort").out();
        assertRefused("tar -czf bad.tar.gz -C h top/a top/link", "leads out");
        assertRefused("tar -czf bad.tar.gz -C h top/a top/pipe", "a pipe");
        assertRefused("tar -czf bad.tar.gz -C h top/a top/a", "comes twice|a hard link");
        assertRefused("tar -czPf bad.tar.gz --transform 's,top/a,top/../../a,' -C h top/a", "empty, \\. or \\.\\.");
        assertRefused("tar -czPf bad.tar.gz \"$PWD\"/h/top/a", "absolute");
        assertRefused("head -c 100000 /dev/urandom > bad.tar.gz", "no gzip file");
        assertRefused("head -c 200000 out.tar.gz > bad.tar.gz", "cut off");
        assertThat(Command.bash(installation.data(), "find store -type f | sort")
                        .out())
                .isEqualTo(before);
    }

    private void assertRefused(String make, String why) throws Exception {
        if (Files.notExists(folder.resolve("out.tar.gz"))) {
            ok("export", snapshot, folder.resolve("out.tar.gz").toString(), "--data", data);
        }
        Command.bash(folder, make);
        Command refused = run(
                "import",
                folder.resolve("bad.tar.gz").toString(),
                "--data",
                data,
                "--group",
                installation.env().get("GROUP_ID"),
                "--host",
                installation.env().get("HOST_ID"));
        assertThat(refused.exit()).as(make).isEqualTo(1);
        assertThat(refused.err())
                .as(make)
                .containsPattern(why)
                .contains("HINT:")
                .doesNotContain("\tat ");
    }

    private Command run(String... words) throws Exception {
        return Command.run(folder, Map.of(), Holdfast.words(words));
    }

    private Command ok(String... words) throws Exception {
        Command done = run(words);
        assertThat(done.exit())
                .as("%s%n%s%n%s", List.of(words), done.out(), done.err())
                .isZero();
        return done;
    }

    private static String find(String text, String before) {
        int at = text.indexOf(before) + before.length();
        return text.substring(at, at + 24);
    }
}
