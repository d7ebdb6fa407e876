package dev.holdfast.server.snapshot.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.agentapi.AgentApi.BeginPart;
import dev.holdfast.contract.id.JobId;
import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import dev.holdfast.server.snapshot.BegunPart;
import dev.holdfast.server.snapshot.TestSnapshots;
import dev.holdfast.store.ArchiveFrame;
import dev.holdfast.store.ArchiveFrame.ExtraFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestoreInfoTest {
    private static final String INSERT = "db.getSiblingDB('local').oplog.rs.insert({ts : Timestamp(1456098690, 1),"
            + " h : NumberLong('0'), t : NumberLong('-1'), op : 'n', ns : '',"
            + " o : { msg : 'seed from backup service' }})";

    @TempDir
    private Path folder;

    private Database database;
    private TestSnapshots made;

    @BeforeEach
    void open() {
        database = TestDatabases.sqlite(folder, TestSnapshots.MIGRATIONS);
        made = new TestSnapshots(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void configServer_isNamedByHost_andHasNoScript() {
        BegunPart begun = begin(TestSnapshots.part(made.there.mirrors.get(0)));
        ArchiveFrame frame = frame(begun);
        assertThat(frame.extras()).extracting(ExtraFile::name).containsExactly("restoreInfo.txt");
        assertThat(text(frame, 0)).isEqualTo("""
                        Group Name: Physics
                        Config Server: cfg1.example.net:27019
                        Cluster ID: %s
                        Snapshot timestamp: 2016-02-21T23:51:30Z (UTC)
                        Last Oplog Applied: Timestamp(1456098690, 1)
                        MongoDB Version: 3.0.9
                        Storage Engine: wiredTiger
                        mongod Options: --configsvr
                        Encryption: none
                        """.formatted(made.there.sharded.id()));
        assertThat(frame.topFolderLength())
                .isEqualTo(begun.part()
                        .archiveName(new JobId("56da071f8d022d10b2f0a7c4"))
                        .length());
    }

    @Test
    void encryptedReplicaSet_saysItsKey_whereProgramsLookForIt() {
        BeginPart wanted =
                new BeginPart(made.there.replicaSet.id().hex(), null, 1456098690, 1, null, null, true, "8a9b1c9e-7a58");
        ArchiveFrame frame = frame(begin(wanted));
        List<String> lines = text(frame, 0).lines().toList();
        assertThat(lines)
                .contains("Replica Set: proton", "Cluster ID: " + made.there.replicaSet.id(), "Encryption: enabled")
                .contains("Storage Engine: unknown");
        String key = lines.stream()
                .filter(line -> line.contains("Master Key UUID"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElseThrow();
        assertThat(key).isEqualTo("8a9b1c9e-7a58");
        assertThat(frame.extras().get(1).name()).isEqualTo("seedSecondary.sh");
        assertThat(frame.extras().get(1).mode()).isEqualTo(0755);
    }

    @Test
    void seedScript_hasOneLineWithMongo_fromWhichPublishedScriptsTakeTheInsert() {
        List<String> lines =
                script().lines().filter(line -> line.startsWith("mongo ")).toList();
        assertThat(lines).hasSize(1);
        // as published: sed 's,^.*throw res.errmsg;} else{,,; s,;if (.*$,,'
        Matcher sed = Pattern.compile("^.*throw res\\.errmsg;} else\\{(.*?);if \\(.*$")
                .matcher(lines.get(0));
        assertThat(sed.matches()).isTrue();
        assertThat(sed.group(1)).isEqualTo(INSERT);
    }

    @Test
    void seedScript_runs_inAnyShell_andTellsItsUsage() throws Exception {
        Path script = executable("seedSecondary.sh", script());
        executable("mongo", "#!/bin/sh\nfor a in \"$@\"; do echo \"[$a]\"; done\n");
        assertThat(run(script)).startsWith("2\nUsage: ").contains(" PORT OPLOG_SIZE_IN_GB");
        assertThat(run(script, "27017", "ten")).startsWith("2\n").contains("not a whole number: ten");
        assertThat(run(script, "27017", "")).startsWith("2\n");
        assertThat(run(script, "27017", "10"))
                .startsWith("0\n[--quiet]\n[--port]\n[27017]\n[local]\n[--eval]\n[var res = ")
                .contains("size : 10 * 1024 * 1024 * 1024}")
                .contains(INSERT);
    }

    private BegunPart begin(BeginPart wanted) {
        return made.snapshots.beginPart(
                made.group,
                wanted.hostId() == null ? made.begin(made.there.replicaSet) : made.begin(made.there.sharded),
                wanted);
    }

    private ArchiveFrame frame(BegunPart begun) {
        return new RestoreInfo(made.there.groups, made.there.hosts).frame(begun);
    }

    private String script() {
        return text(frame(begin(TestSnapshots.part(made.there.replicaSet))), 1);
    }

    private static String text(ArchiveFrame frame, int extra) {
        return new String(frame.extras().get(extra).content(), StandardCharsets.UTF_8);
    }

    private Path executable(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String run(Path script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", folder.toString(), (old, mine) -> mine + ":" + old);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + "\n" + output;
    }
}
