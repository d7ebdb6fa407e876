package dev.holdfast.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import dev.holdfast.cli.Pause;
import dev.holdfast.cli.fetch.ByteRanges.Range;
import dev.holdfast.cli.fetch.Fetch.Fetched;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FetchTest {
    private static final String NAME = "config-a.tar.gz";
    private static final String JOB = "56da071f8d022d10b2f0a7c4";
    private static final int SIZE = 9_000_001;

    @TempDir
    private Path folder;

    private LinkServer server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Space space = any -> Long.MAX_VALUE;
    private Pause pause = millis -> {};
    private Archive.Promised promised = () -> Optional.of(sha("SHA-1"));
    private long unpackedBytes;

    @BeforeEach
    void serve() throws IOException {
        byte[] content = new byte[SIZE];
        new Random(7).nextBytes(content);
        server = new LinkServer(content);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void archive_isFetchedInParallelRanges_eachByteOnce() throws Exception {
        Fetched fetched = fetch();
        assertThat(fetched.place()).isEqualTo(folder.resolve(NAME)).hasBinaryContent(server.content);
        assertThat(fetched.checked()).isTrue();
        assertThat(server.bytesSent()).isEqualTo(SIZE);
        assertThat(server.requests).hasSizeGreaterThan(4).allMatch(r -> r.startsWith("HEAD") || r.contains("bytes="));
        assertThat(names()).containsExactly(NAME);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fetched.place())))
                .isEqualTo("rw-------");
    }

    @Test
    void linkThatIsCutEvery100000Bytes_givesTheWhole_eachByteOnce() throws Exception {
        server.cutAfter = 100_000;
        fetch();
        assertThat(folder.resolve(NAME)).hasBinaryContent(server.content);
        assertThat(server.sentAll()).isTrue();
        assertThat(server.bytesSent()).isEqualTo(SIZE);
    }

    @Test
    void runThatWasEnded_isGoneOnWith_whereItWas() throws Exception {
        server.cutAfter = 400_000;
        server.afterEach = () -> server.status = server.bytesSent() > SIZE / 2 ? 410 : 206;
        assertExit(Exit.LINK_ENDED, this::fetch);
        long before = server.bytesSent();
        assertThat(names()).containsExactly(NAME + ".part", NAME + ".part.journal");
        assertThat(Files.readString(folder.resolve(NAME + ".part.journal")))
                .as("the link is a credential")
                .doesNotContain("secret-token");

        long known = Journal.read(folder.resolve(NAME + ".part.journal"))
                .orElseThrow()
                .have()
                .size();
        assertThat(known).isBetween(1L, SIZE - 1L);
        server.afterEach = () -> {};
        server.status = 206;
        fetch();
        assertThat(server.bytesSent() - before)
                .as("what is known is not asked for")
                .isEqualTo(SIZE - known);
        assertThat(folder.resolve(NAME)).hasBinaryContent(server.content);
        assertThat(names()).containsExactly(NAME);
    }

    @Test
    void journalOfAKilledRun_isBelieved_andNothingElseInTheFile() throws Exception {
        // bytes of zero where the journal does not say that there are bytes: they were under way
        try (FileChannel part =
                FileChannel.open(folder.resolve(NAME + ".part"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            part.write(ByteBuffer.wrap(server.content, 0, 1_000_000), 0);
            part.write(ByteBuffer.wrap(server.content, 5_000_000, 1_000_000), 5_000_000);
            part.write(ByteBuffer.wrap(new byte[500_000]), 6_000_000);
        }
        ByteRanges have = ByteRanges.NONE.plus(new Range(0, 1_000_000)).plus(new Range(5_000_000, 6_000_000));
        new Journal(JOB, server.tag, SIZE, have).write(folder.resolve(NAME + ".part.journal"));
        fetch();
        assertThat(folder.resolve(NAME)).hasBinaryContent(server.content);
        assertThat(server.bytesSent()).isEqualTo(SIZE - 2_000_000);
        assertThat(server.requests).noneMatch(request -> request.startsWith("GET bytes=0-"));
    }

    @Test
    void fileShorterThanItsJournalSays_isFilledAgain() throws Exception {
        Files.write(folder.resolve(NAME + ".part"), java.util.Arrays.copyOf(server.content, 1000));
        new Journal(JOB, server.tag, SIZE, ByteRanges.NONE.plus(new Range(0, SIZE)))
                .write(folder.resolve(NAME + ".part.journal"));
        fetch();
        assertThat(folder.resolve(NAME)).hasBinaryContent(server.content);
        assertThat(server.bytesSent()).isEqualTo(SIZE - 1000);
    }

    @Test
    void wholeFileOfARunThatDiedBeforeTheCheck_needsNoLink() throws Exception {
        Files.write(folder.resolve(NAME + ".part"), server.content);
        new Journal(JOB, server.tag, SIZE, ByteRanges.NONE.plus(new Range(0, SIZE)))
                .write(folder.resolve(NAME + ".part.journal"));
        server.status = 403;
        assertThat(fetch().checked()).isTrue();
        assertThat(names()).containsExactly(NAME);
        assertThat(server.bytesSent()).isZero();
    }

    @Test
    void wrongSha1_isRefused_andTheNextRunBeginsAnew() throws Exception {
        promised = () -> Optional.of("0".repeat(40));
        assertExit(Exit.DAMAGED, this::fetch);
        assertThat(names()).containsExactly(NAME + ".damaged");

        promised = () -> Optional.of(sha("SHA-1"));
        fetch();
        assertThat(folder.resolve(NAME)).hasBinaryContent(server.content);
    }

    @Test
    void sha256OfTheLink_isHeldAgainstTheFile() throws Exception {
        promised = Optional::empty;
        server.digest = digest(HexFormat.of().parseHex(sha("SHA-256")));
        assertThat(fetch().checked()).isTrue();
        Files.delete(folder.resolve(NAME));
        server.digest = digest(new byte[32]);
        assertExit(Exit.DAMAGED, this::fetch);
    }

    @Test
    void serverWithoutAnyHash_isSaidToBeOne() throws Exception {
        promised = Optional::empty;
        assertThat(fetch().checked()).isFalse();
        assertThat(folder.resolve(NAME)).hasBinaryContent(server.content);
    }

    @Test
    void hashThatIsComputedLate_isWaitedFor() throws Exception {
        AtomicReference<Optional<String>> shown = new AtomicReference<>(Optional.empty());
        promised = shown::get;
        pause = millis -> shown.set(Optional.of(sha("SHA-1")));
        assertThat(fetch().checked()).isTrue();
    }

    @Test
    void serverThatDoesNotAnswerForItsHash_isAskedAgain_andNothingIsLetThrough() throws Exception {
        AtomicReference<Integer> failures = new AtomicReference<>(2);
        promised = () -> {
            if (failures.getAndUpdate(n -> n - 1) > 0) {
                throw new IOException("no route to host");
            }
            return Optional.of(sha("SHA-1"));
        };
        assertThat(fetch().checked()).isTrue();
        Files.delete(folder.resolve(NAME));
        promised = () -> {
            throw new IOException("no route to host");
        };
        assertThatThrownBy(this::fetch).hasMessage("no route to host");
        assertThat(names())
                .as("whole, and still to be checked")
                .containsExactly(NAME + ".part", NAME + ".part.journal");
    }

    @Test
    void linkThatNeverWas_leavesNothing() throws Exception {
        server.status = 404;
        assertExit(Exit.JOB_FAILED, this::fetch);
        assertThat(names()).isEmpty();
    }

    @Test
    void tooLittleSpace_isRefusedBeforeAByteIsAskedFor() throws Exception {
        space = any -> SIZE - 1;
        assertExit(Exit.NO_SPACE, this::fetch);
        space = any -> SIZE + 999;
        unpackedBytes = 1000;
        assertExit(Exit.NO_SPACE, this::fetch);
        assertThat(server.bytesSent()).isZero();
        space = any -> SIZE + 1000;
        fetch();
    }

    @Test
    void busyServer_isAskedAgain_butNotForEver() throws Exception {
        server.refusals.set(5); // of a HEAD
        fetch();
        Files.delete(folder.resolve(NAME));
        new Journal(JOB, server.tag, SIZE, ByteRanges.NONE).write(folder.resolve(NAME + ".part.journal"));
        server.refusals.set(5); // of ranges
        fetch();
        assertThat(folder.resolve(NAME)).hasBinaryContent(server.content);
        Files.delete(folder.resolve(NAME));
        server.refusals.set(Integer.MAX_VALUE);
        assertExit(Exit.FAILED, this::fetch);
    }

    @Test
    void linkThatIsOver_isSaidInTheServersWords_withoutTheLink() throws Exception {
        new Journal(JOB, server.tag, SIZE, ByteRanges.NONE).write(folder.resolve(NAME + ".part.journal"));
        server.status = 410;
        assertThatThrownBy(this::fetch)
                .hasMessageContaining("410: said by the server")
                .hasMessageContaining("HINT:")
                .hasMessageNotContaining("secret-token");
        server.status = 404;
        assertExit(Exit.JOB_FAILED, this::fetch);
    }

    @Test
    void archiveThatBecameAnother_isNotMixed() throws Exception {
        new Journal(JOB, "\"old\"", SIZE, ByteRanges.NONE).write(folder.resolve(NAME + ".part.journal"));
        assertThatThrownBy(this::fetch).hasMessageContaining("HINT: the archive is not the one that was begun");
        assertThat(server.bytesSent()).isZero();
    }

    @Test
    void proxyThatIgnoresRanges_isFound() throws Exception {
        server.status = 200;
        assertThatThrownBy(this::fetch).hasMessageContaining("sent the whole archive");
    }

    @Test
    void secondFetchOfTheSameFile_isRefusedWhileTheFirstRuns() throws Exception {
        try (PartFile first = PartFile.open(folder.resolve(NAME))) {
            assertThat(first.path()).exists();
            assertThatThrownBy(this::fetch).hasMessageContaining("another fetch");
        }
        fetch();
    }

    @Test
    void partOfAnotherJob_andAForeignJournal_areLeftAlone() throws Exception {
        Path journal = folder.resolve(NAME + ".part.journal");
        new Journal("0".repeat(24), server.tag, SIZE, ByteRanges.NONE).write(journal);
        assertThatThrownBy(this::fetch).hasMessageContaining("belongs to restore job 000");
        Files.writeString(journal, "holdfast fetch 1\njob x\n");
        assertThatThrownBy(this::fetch).hasMessageContaining("is not a journal");
        assertThat(server.bytesSent()).isZero();
    }

    @Test
    void fileThatIsThere_isKept_ifItIsTheArchive() throws Exception {
        fetch();
        long sent = server.bytesSent();
        assertThat(fetch().checked()).isTrue();
        assertThat(server.bytesSent()).isEqualTo(sent);

        Files.writeString(folder.resolve(NAME), "something else");
        assertExit(Exit.DAMAGED, this::fetch);
        assertThat(folder.resolve(NAME)).hasContent("something else");
    }

    @Test
    void nameThatIsNoFileName_isRefused() {
        for (String name : List.of("", ".ssh", "a%5Cb", "..")) {
            Archive archive = new Archive(JOB, server.url(name), promised, 0);
            assertThatThrownBy(archive::name).isInstanceOf(CliTrouble.class);
        }
    }

    private Fetched fetch() throws IOException, InterruptedException {
        Archive archive = new Archive(JOB, server.url(NAME), promised, unpackedBytes);
        return new Fetch(http, new FetchSettings(4, 5, 3000), space, pause, new Random(1), Progress.NONE)
                .run(archive, folder);
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

    private String sha(String algorithm) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(server.content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String digest(byte[] sha256) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
    }
}
