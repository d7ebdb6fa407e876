package dev.holdfast.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import dev.holdfast.unpack.Ownership;
import dev.holdfast.unpack.UnpackRules;
import dev.holdfast.unpack.testing.TestArchive;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Archives that become directories while they are downloaded. */
final class FetchExtractTest {
    private static final String JOB = "56da071f8d022d10b2f0a7c4";
    private static final String STAGE = ".db.holdfast-" + JOB;
    private static final int BIG = 5_000_000;

    @TempDir
    private Path folder;

    private final byte[] bytes = new byte[BIG];
    private LinkServer server;
    private Space space = any -> Long.MAX_VALUE;
    private String sha1;
    private UnpackRules rules = new UnpackRules(null, true, false);

    @BeforeEach
    void serve() throws Exception {
        new Random(5).nextBytes(bytes); // which gzip makes no smaller
        TestArchive archive = new TestArchive().directory("a", 0750).file("a/first.wt", 0640, new byte[] {1});
        for (int i = 0; i < 3; i++) {
            archive.file("a/big-" + i + ".wt", 0600, bytes);
        }
        server = new LinkServer(archive.bytes());
        sha1 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(server.content));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void directory_isWhatTheArchiveHolds_andNothingElseIsLeftOfTheWork() throws Exception {
        Fetch.Fetched fetched = extract();
        assertThat(fetched.place()).isEqualTo(db());
        assertThat(fetched.checked()).isTrue();
        assertIsWhole();
        assertThat(server.bytesSent()).as("each byte once").isEqualTo(server.content.length);
        assertThat(names()).containsExactlyInAnyOrder("db", STAGE + ".ready");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(db())))
                .isEqualTo("rwxr-x---");
        assertThat(Files.getLastModifiedTime(db().resolve("first.wt")).toMillis())
                .isEqualTo(1_456_098_690_000L);
    }

    @Test
    @Timeout(60)
    void unpacking_beginsBeforeTheDownloadEnds() throws Exception {
        server.cutAfter = 1_000_000;
        AtomicBoolean unpackedEarly = new AtomicBoolean();
        server.beforeEach = () -> {
            if (server.bytesSent() > server.content.length / 2 && !unpackedEarly.get()) {
                await(() -> Files.exists(folder.resolve(STAGE + "/files/first.wt")));
                unpackedEarly.set(true);
            }
        };
        extract();
        assertThat(unpackedEarly).isTrue();
        assertIsWhole();
    }

    @Test
    void runThatWasEnded_isGoneOnWith_andUnpackedAnewFromWhatIsHere() throws Exception {
        server.cutAfter = 400_000;
        server.afterEach = () -> server.status = server.bytesSent() > server.content.length / 2 ? 410 : 206;
        assertExit(Exit.LINK_ENDED, this::extract);
        assertThat(db()).as("a part is never taken for the whole").doesNotExist();
        assertThat(begun()).isTrue();
        long known = Journal.read(folder.resolve(STAGE + "/archive.part.journal"))
                .orElseThrow()
                .have()
                .size();
        long before = server.bytesSent();
        server.afterEach = () -> {};
        server.status = 206;
        extract();
        assertIsWhole();
        assertThat(server.bytesSent() - before).isEqualTo(server.content.length - known);
    }

    @Test
    void wrongHash_leavesNothingThatLooksFinished_andTheNextRunBeginsAnew() throws Exception {
        String right = sha1;
        sha1 = "0".repeat(40);
        assertExit(Exit.DAMAGED, this::extract);
        assertThat(names()).containsExactly(STAGE);
        try (var left = Files.list(folder.resolve(STAGE))) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("lock");
        }
        sha1 = right;
        extract();
        assertIsWhole();
    }

    @Test
    void bytesThatAreNoArchive_areRefused_andNotGoneOnWith() throws Exception {
        byte[] right = server.content.clone();
        for (int i = 1_000_000; i < 1_100_000; i++) {
            server.content[i] = 0;
        }
        assertExit(Exit.DAMAGED, this::extract);
        assertThat(db()).doesNotExist();
        System.arraycopy(right, 0, server.content, 0, right.length);
        extract();
        assertIsWhole();
    }

    @Test
    void archiveThatLeadsOut_isRefused_whateverItsHash() throws Exception {
        server.close();
        server = new LinkServer(new TestArchive()
                .directory("a", 0700)
                .file("a/../../out", 0600, new byte[] {1})
                .bytes());
        sha1 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(server.content));
        assertExit(Exit.DAMAGED, this::extract);
        assertThat(folder.getParent().resolve("out")).doesNotExist();
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(db()).doesNotExist();
    }

    @Test
    void directoryWithSomethingInIt_isNeverTouched() throws Exception {
        Files.createDirectory(db());
        extract(); // an empty one is made for it
        Files.delete(folder.resolve(STAGE + ".ready"));
        assertThatThrownBy(this::extract)
                .hasMessageContaining("is not an empty directory")
                .hasMessageContaining("HINT:");
        assertIsWhole();
        Files.createSymbolicLink(folder.resolve("link"), db());
        assertThatThrownBy(() -> extract(folder.resolve("link"))).hasMessageContaining("is a symbolic link");
        assertThat(names()).containsExactlyInAnyOrder("db", "link");
    }

    @Test
    void spaceForArchiveAndFiles_isAskedForFirst_withTheNumbers() throws Exception {
        long all = server.content.length + 3L * BIG;
        space = any -> all - 1;
        assertThatThrownBy(this::extract)
                .hasMessageContaining((all - 1) + " bytes free")
                .hasMessageContaining("needs " + all + " more")
                .hasMessageContaining(server.content.length + " for the archive and " + 3L * BIG + " unpacked");
        assertThat(server.bytesSent()).isZero();
        space = any -> all;
        extract();
    }

    @Test
    void ownerThatIsNamed_getsEverything() throws Exception {
        PosixFileAttributes own = Files.readAttributes(folder, PosixFileAttributes.class);
        rules = new UnpackRules(Ownership.of(own.owner(), own.group()), true, false);
        extract();
        for (Path one : List.of(db(), db().resolve("first.wt"))) {
            PosixFileAttributes made = Files.readAttributes(one, PosixFileAttributes.class);
            assertThat(made.owner()).isEqualTo(own.owner());
            assertThat(made.group()).isEqualTo(own.group());
        }
    }

    private Path db() {
        return folder.resolve("db");
    }

    private boolean begun() {
        return new Extraction(archive(), db(), Progress.NONE).isBegun();
    }

    private Fetch.Fetched extract() throws IOException, InterruptedException {
        return extract(db());
    }

    private Fetch.Fetched extract(Path directory) throws IOException, InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return new Fetch(http, new FetchSettings(4, 5, 3000), space, millis -> {}, new Random(1), Progress.NONE)
                .extract(archive(), directory, rules);
    }

    private Archive archive() {
        return new Archive(JOB, server.url("a.tar.gz"), () -> Optional.of(sha1), 3L * BIG);
    }

    private void assertIsWhole() {
        assertThat(db().resolve("first.wt")).hasBinaryContent(new byte[] {1});
        for (int i = 0; i < 3; i++) {
            assertThat(db().resolve("big-" + i + ".wt")).hasBinaryContent(bytes);
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        for (int i = 0; i < 4000 && !condition.holds(); i++) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (!condition.holds()) {
            throw new IllegalStateException("waited in vain");
        }
    }

    private static void assertExit(int exit, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CliTrouble.class, trouble -> {
            assertThat(trouble.getExitCode()).as(trouble.getMessage()).isEqualTo(exit);
            assertThat(trouble).hasMessageContaining("HINT:");
        });
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
