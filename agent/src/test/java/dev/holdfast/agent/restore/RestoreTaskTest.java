package dev.holdfast.agent.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.agent.link.WorkLost;
import dev.holdfast.agent.work.TaskFailed;
import dev.holdfast.agent.work.TaskProgress;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.unpack.testing.TestArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class RestoreTaskTest {
    private static final TaskProgress NOBODY = (step, done, total) -> {};

    @TempDir
    private Path folder;

    private byte[] content;
    private RestoreServer server;
    private Path keyFile;
    private Path parent;
    private Path target;

    @BeforeEach
    void serve() throws IOException {
        content = new byte[700_000];
        new Random(3).nextBytes(content);
        server = new RestoreServer(new TestArchive()
                .directory("top", 0700)
                .file("top/collection-0.wt", 0600, content)
                .directory("top/journal", 0700)
                .file("top/journal/j._0", 0600, new byte[10])
                .bytes());
        keyFile = Files.createFile(
                folder.resolve("agent.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keyFile, "hf-agent-0123456789abcdef\n");
        parent = Files.createDirectory(folder.resolve("data"));
        target = parent.resolve("db");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anEmptyDirectory_becomesWhatWasCaptured() throws Exception {
        Files.createDirectory(target);
        restore();
        assertRestored();
        assertThat(server.ranges).containsExactly("null");
        assertThat(server.keys).isNotEmpty().allMatch(key -> key.equals("Bearer hf-agent-0123456789abcdef"));
        assertThat(names(parent)).containsExactly(".db.holdfast-56da071f8d022d10b2f0a7c4.ready", "db");
    }

    @Test
    void aDirectoryThatIsNotThere_isMade() throws Exception {
        restore();
        assertRestored();
    }

    @Test
    void aDirectoryThatIsNotEmpty_isLeftAlone() throws Exception {
        Files.createDirectory(target);
        Files.writeString(target.resolve("mine"), "data");
        failsForGood("is not an empty directory");
        assertThat(names(target)).containsExactly("mine");
        assertThat(names(parent)).containsExactly("db");
        assertThat(server.ranges).as("nothing was downloaded").isEmpty();
    }

    @Test
    void aFile_orALink_inPlaceOfTheDirectory_isLeftAlone() throws Exception {
        Files.writeString(target, "a file");
        failsForGood("is not an empty directory");
        Files.delete(target);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(target, elsewhere);
        failsForGood("is a symbolic link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatFillsMeanwhile_isLeftAlone() throws Exception {
        Files.createDirectory(target);
        assertThatThrownBy(() -> restore((step, done, total) -> {
                    if (step.equals("installing")) {
                        write(target.resolve("mine"));
                    }
                }))
                .isInstanceOfSatisfying(
                        TaskFailed.class, e -> assertThat(e.again()).isFalse())
                .hasMessageContaining("is not an empty directory");
        assertThat(names(target)).containsExactly("mine");
    }

    @Test
    void aDownloadThatBreaks_goesOnWhereItBroke() throws Exception {
        server.cutAfter = 200_001;
        restore();
        assertRestored();
        assertThat(server.ranges.size()).isGreaterThan(3);
        assertThat(server.ranges.get(1)).isEqualTo("bytes=200001-");
    }

    @Test
    void aServerThatGivesNothing_isNotAskedForEver() {
        server.linkStatus = 503;
        assertThatThrownBy(this::restore).isInstanceOf(Unavailable.class).hasMessageContaining("(after 4 attempts)");
        assertThat(server.ranges).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410})
    void aLinkThatEnded_endsTheWork(int status) throws IOException {
        server.linkStatus = status;
        failsForGood("the download link gives nothing");
        assertThat(server.ranges).hasSize(1);
        assertThat(target).doesNotExist();
    }

    @Test
    void bytesThatAreNotTheArchives_areFetchedAgain() throws Exception {
        server.damaging = true;
        assertThatThrownBy(this::restore)
                .isInstanceOfSatisfying(
                        TaskFailed.class, e -> assertThat(e.again()).isTrue())
                .hasMessageContaining("SHA-1 or SHA-256 differs");
        assertThat(target).doesNotExist();
        server.damaging = false;
        restore();
        assertRestored();
        assertThat(server.ranges).containsExactly("null", "null");
    }

    @Test
    void hashesThatAreNotKnownYet_areWaitedFor() throws Exception {
        server.withoutHashes = 4;
        restore();
        assertRestored();
    }

    @Test
    void workThatIsOver_isNotBegun() {
        server.over = true;
        assertThatThrownBy(this::restore).isInstanceOf(WorkLost.class);
        assertThat(target).doesNotExist();
    }

    @Test
    void workThatIsGivenOutAgain_whenItWasDone_isDone() throws Exception {
        restore();
        Files.writeString(target.resolve("mongod.lock"), "mongod was started meanwhile");
        restore();
        assertThat(target.resolve("mongod.lock")).exists();
        assertThat(server.ranges).hasSize(1);
    }

    @Test
    void aDirectoryThatWasRestoredBefore_andMovedAway_isRestoredAgain() throws Exception {
        restore();
        Files.move(target, folder.resolve("away"));
        restore();
        assertRestored();
    }

    @Test
    void whatAnotherJobLeft_isClearedAway() throws Exception {
        Path left = Files.createDirectories(parent.resolve(".db.holdfast-56da071f8d022d10b2f0a7aa/files/x"));
        Files.writeString(left.resolve("y"), "left by a crash");
        Files.createFile(parent.resolve(".db.holdfast-56da071f8d022d10b2f0a7aa.ready"));
        Path others = Files.createDirectory(parent.resolve(".other.holdfast-56da071f8d022d10b2f0a7aa"));
        restore();
        assertThat(names(parent))
                .containsExactly(
                        ".db.holdfast-56da071f8d022d10b2f0a7c4.ready",
                        others.getFileName().toString(),
                        "db");
    }

    @Test
    void anInterrupt_endsADownload() throws Exception {
        server.haltAfter = 100_000;
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread worker = new Thread(() -> {
            try {
                restore();
            } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });
        worker.start();
        server.halted.await();
        worker.interrupt();
        worker.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(target).doesNotExist();
        server.haltAfter = Integer.MAX_VALUE;
        restore();
        assertRestored();
    }

    /** A process is killed at a step, and another one takes the work up; never is there a part of a directory. */
    @ParameterizedTest
    @ValueSource(strings = {"downloading", "checking", "unpacking", "installing"})
    void aKillAtAnyStep_leavesNoDirectory_andTheNextAttemptMakesItWhole(String step) throws Exception {
        Files.createDirectory(target);
        Process first = start(step);
        await(step, first);
        first.destroyForcibly().waitFor();
        assertThat(target).isEmptyDirectory();

        Process second = start("");
        assertThat(second.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log(""))).isEqualTo("done\n");
        assertRestored();
        if (step.equals("installing")) {
            assertThat(server.ranges).as("what was unpacked is used").hasSize(1);
        }
    }

    private Process start(String haltAt) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                server.url().toString(),
                keyFile.toString(),
                target.toString(),
                Integer.toString(server.archive.length)));
        if (!haltAt.isEmpty()) {
            words.add(haltAt);
        }
        return RestoreProcess.start(log(haltAt), words);
    }

    private Path log(String haltAt) {
        return folder.resolve("log" + haltAt);
    }

    private void await(String step, Process process) throws Exception {
        while (!Files.readString(log(step)).contains("halted")) {
            assertThat(process.isAlive()).as(Files.readString(log(step))).isTrue();
            Thread.sleep(10);
        }
    }

    private void failsForGood(String why) {
        assertThatThrownBy(this::restore)
                .isInstanceOfSatisfying(
                        TaskFailed.class, e -> assertThat(e.again()).isFalse())
                .hasMessageContaining(why)
                .hasMessageContaining("\nHINT: ");
    }

    private void restore() throws InterruptedException {
        restore(NOBODY);
    }

    private void restore(TaskProgress progress) throws InterruptedException {
        RestoreProcess.task(server.url(), keyFile, target).run(RestoreProcess.work(server.archive.length), progress);
    }

    private void assertRestored() throws IOException {
        assertThat(target.resolve("collection-0.wt")).hasBinaryContent(content);
        assertThat(target.resolve("journal/j._0")).hasBinaryContent(new byte[10]);
        assertThat(names(target)).containsExactly("collection-0.wt", "journal");
    }

    private static TreeSet<String> names(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            TreeSet<String> names = new TreeSet<>();
            all.forEach(path -> names.add(path.getFileName().toString()));
            return names;
        }
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "data");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
