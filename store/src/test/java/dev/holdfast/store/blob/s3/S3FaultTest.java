package dev.holdfast.store.blob.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.blob.BlobExists;
import dev.holdfast.store.blob.BlobReader;
import dev.holdfast.store.blob.BlobStore;
import dev.holdfast.store.blob.BlobWriter;
import dev.holdfast.store.blob.NoSuchBlob;
import dev.holdfast.store.blob.s3.FaultyWay.Fault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A real server, and what can happen to it and on the way to it. */
@EnabledIfEnvironmentVariable(named = S3Server.ENDPOINT, matches = ".+", disabledReason = S3Server.WHY_NOT)
class S3FaultTest {
    private static final int PART = 5 << 20;
    private static final String PUT = "^PUT .*/packs/a";
    private static final String HEAD = "^HEAD ";

    @TempDir
    private Path folder;

    private FaultyWay way;
    private S3Settings settings;

    /** Makes each request once. */
    private S3BlobStore once;

    private BlobStore blobs;

    @BeforeEach
    void open() throws Exception {
        way = FaultyWay.to(S3Server.shared());
        S3Settings direct = S3Server.newBucket(S3Server.shared());
        settings = S3Server.settings(way.endpoint(), direct.bucket(), direct.prefix());
        once = S3Server.store(settings, PART, 1);
        blobs = S3Server.retrying(once);
    }

    @AfterEach
    void close() throws Exception {
        blobs.close();
        way.close();
    }

    @Test
    void commitWhoseAnswerIsLost_isOurs() {
        way.next(1, Fault.ANSWER_LOST, PUT);
        blobs.put("packs/a", bytes(100));
        assertThat(way.left()).isZero();
        assertThat(size("packs/a")).isEqualTo(100);
        assertThatThrownBy(() -> blobs.put("packs/a", bytes(1))).isInstanceOf(BlobExists.class);
    }

    @Test
    void completionWhoseAnswerIsLost_isOurs_andSoIsAPart() {
        way.next(1, Fault.ANSWER_LOST, "^PUT .*partNumber=1").next(1, Fault.ANSWER_LOST, "^POST .*uploadId=");
        put("packs/a", PART + 100);
        assertThat(way.left()).isZero();
        assertThat(size("packs/a")).isEqualTo(PART + 100);
    }

    @Test
    void beginningWhoseAnswerIsLost_leavesAnUploadForTheSweep_andNoBlob() {
        way.next(1, Fault.ANSWER_LOST, "^POST .*uploads");
        put("packs/a", PART + 100);
        assertThat(blobs.list("")).containsExactly("packs/a");
    }

    @Test
    void busyServer_isAskedAgain_andSoIsOneThatSaysNothing() {
        way.next(3, Fault.BUSY, PUT).next(1, Fault.SILENCE, HEAD);
        blobs.put("packs/a", bytes(100));
        way.next(2, Fault.BUSY, "^GET .*list-type").next(2, Fault.BUSY, "^DELETE ");
        assertThat(blobs.list("")).containsExactly("packs/a");
        assertThat(blobs.delete("packs/a")).isTrue();
        assertThat(way.left()).isZero();
        assertThat(blobs.list("")).isEmpty();
    }

    @Test
    void answerThatBreaksOff_isReadAgain_intoTheSamePlace() {
        byte[] bytes = bytes(400_000);
        put("packs/a", 400_000);
        way.next(2, Fault.ANSWER_CUT, "^GET .*packs/a");
        ByteBuffer target = ByteBuffer.allocate(400_000);
        try (BlobReader reader = blobs.open("packs/a")) {
            way.next(2, Fault.ANSWER_CUT, "^GET .*packs/a");
            assertThat(reader.read(0, target)).isEqualTo(400_000);
        }
        assertThat(way.left()).isZero();
        assertThat(target.array()).isEqualTo(bytes);
    }

    @Test
    void busyForTooLong_isUnavailable_withAHint() {
        way.next(1000, Fault.BUSY, "^GET ");
        assertThatThrownBy(() -> blobs.open("packs/a"))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("cannot open packs/a: SlowDown, status 503")
                .hasMessageContaining("HINT: ");
        assertThat(way.requests()).as("seven tries, as the settings say").isEqualTo(7);
    }

    @Test
    void silence_isUnavailable_andSaysHowLong() {
        way.next(1, Fault.SILENCE, "^GET ");
        assertThatThrownBy(() -> once.open("packs/a"))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("no answer within 1500 ms")
                .hasMessageContaining("HINT: ");
    }

    @Test
    void laggingServer_doesNotHideWhatThisProcessWrote() {
        blobs.put("packs/a", bytes(100));
        way.next(2, Fault.NOT_YET, "^GET .*packs/a");
        assertThatThrownBy(() -> once.open("packs/a"))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("does not show it yet");
        assertThat(size("packs/a")).isEqualTo(100);
        assertThat(way.left()).isZero();
        way.next(2, Fault.NOT_YET, HEAD);
        assertThatThrownBy(() -> blobs.put("packs/a", bytes(1))).isInstanceOf(BlobExists.class);
        assertThat(blobs.delete("packs/a")).as("although the server lags again").isTrue();
        assertThatThrownBy(() -> blobs.open("packs/a")).isInstanceOf(NoSuchBlob.class);
    }

    @Test
    void commit_losesAgainstAnotherProcess_evenWhenLookingShowedNothing() {
        try (BlobStore other = S3Server.retrying(S3Server.store(settings, PART, 2))) {
            other.put("packs/a", bytes(10));
        }
        way.next(1, Fault.NOT_YET, HEAD);
        assertThatThrownBy(() -> blobs.put("packs/a", bytes(1))).isInstanceOf(BlobExists.class);
        assertThat(way.left()).isZero();
        assertThat(size("packs/a")).isEqualTo(10);
    }

    @Test
    void completion_bearsTheConditionToo() {
        // this server ignores it there, Amazon does not; the fault strikes only requests that bear it
        way.next(1, Fault.NO_CONDITIONS, "^POST .*uploadId=");
        put("packs/a", PART + 1);
        assertThat(way.left()).isZero();
        assertThat(size("packs/a")).isEqualTo(PART + 1);
    }

    @Test
    void serverWithoutConditionalWrites_isLookedAtFirst() {
        way.next(1000, Fault.NO_CONDITIONS, "^(PUT|POST) .*packs/[ab]( |\\?uploadId)");
        blobs.put("packs/a", bytes(100));
        assertThatThrownBy(() -> blobs.put("packs/a", bytes(1))).isInstanceOf(BlobExists.class);
        put("packs/b", PART + 1);
        assertThat(size("packs/a")).isEqualTo(100);
        assertThat(size("packs/b")).isEqualTo(PART + 1);
        assertThat(way.left()).as("the condition was tried once").isEqualTo(999);
    }

    @Test
    void missingBucket_isNamed_andNotTriedAgain() {
        S3Settings absent = S3Server.settings(way.endpoint(), "no-such-bucket", "");
        try (BlobStore store = S3Server.retrying(S3Server.store(absent, PART, 1))) {
            for (Runnable use :
                    new Runnable[] {() -> store.list(""), () -> store.open("a"), () -> store.put("a", bytes(1))}) {
                assertThatThrownBy(use::run)
                        .isInstanceOf(Unavailable.class)
                        .hasMessageContaining("NoSuchBucket")
                        .hasMessageContaining("HINT: make the bucket of s3://no-such-bucket/");
            }
        }
        assertThat(way.requests()).as("list, open, look and put").isEqualTo(4);
    }

    @Test
    void wrongAndNoCredentials_areTold_andNoneIsQuoted() {
        AwsCredentialsProvider wrong =
                StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Server.USER, "wr0ng"));
        AwsCredentialsProvider none = AwsCredentialsProviderChain.of(() -> {
            throw new IllegalStateException("there are none");
        });
        assertThat(refusalOf(wrong)).contains("SignatureDoesNotMatch", "HINT: look at the credentials");
        assertThat(refusalOf(none)).contains("no credentials", "HINT: set AWS_ACCESS_KEY_ID");
        assertThat(refusalOf(AnonymousCredentialsProvider.create())).contains("status 403", "HINT: ");
    }

    @Test
    void noServer_isUnavailable_withItsPlace() throws Exception {
        try (Socket taken = new Socket()) {
            // bound and not listening: refused, and nobody else can take the port meanwhile
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            URI nobody = URI.create("http://127.0.0.1:" + taken.getLocalPort());
            S3Settings elsewhere = S3Server.settings(nobody, settings.bucket(), settings.prefix());
            S3BlobStore alone = S3Server.store(elsewhere, PART, 1);
            assertThatThrownBy(() -> alone.list(""))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("refused")
                    .hasMessageContaining("HINT: look whether s3://" + settings.bucket())
                    .hasMessageContaining(nobody.toString());
        }
    }

    @Test
    void serverKilledInTheMiddleOfAnUpload_keepsNoBlob_andTheUploadGoesOnWhenItIsBack() throws Exception {
        try (S3Server server = S3Server.start(folder)) {
            S3Settings own = S3Server.newBucket(server.endpoint());
            try (S3BlobStore store = S3Server.store(own, PART, 1);
                    BlobWriter given = store.create("packs/given-up");
                    BlobWriter writer = store.create("packs/a")) {
                ByteBuffer rest = ByteBuffer.wrap(bytes(2 * PART + 77));
                rest.limit(PART + 10);
                writer.write(rest);
                given.write(ByteBuffer.wrap(bytes(PART + 1)));
                server.kill9();
                rest.limit(rest.capacity());
                assertThatThrownBy(() -> writer.write(rest))
                        .isInstanceOf(Unavailable.class)
                        .hasMessageContaining("cannot write packs/a")
                        .hasMessageContaining("HINT: ");
                assertThatThrownBy(writer::commit).isInstanceOf(Unavailable.class);
                given.close(); // with nobody there to tell
                server.restart();
                assertThat(S3Server.retrying(store).list("")).isEmpty();
                writer.write(rest);
                writer.commit();
                assertThat(store.list("")).containsExactly("packs/a");
                ByteBuffer read = ByteBuffer.allocate(2 * PART + 77);
                try (BlobReader reader = store.open("packs/a")) {
                    assertThat(reader.read(0, read)).isEqualTo(2 * PART + 77);
                }
                assertThat(read.array()).isEqualTo(bytes(2 * PART + 77));
            }
        }
    }

    private String refusalOf(AwsCredentialsProvider credentials) {
        URI server = S3Server.shared();
        S3Settings there = S3Server.settings(server, settings.bucket(), "");
        try (S3BlobStore store = S3BlobStore.open(there, credentials, java.time.Clock.systemUTC(), new Random(1))) {
            store.list("");
            throw new AssertionError("it was let in");
        } catch (Unavailable e) {
            assertThat(S3BlobStore.mayPass(e)).isFalse();
            assertThat(e.getMessage()).doesNotContain("wr0ng");
            return e.getMessage();
        }
    }

    private long size(String name) {
        try (BlobReader reader = blobs.open(name)) {
            return reader.size();
        }
    }

    private void put(String name, int length) {
        try (BlobWriter writer = blobs.create(name)) {
            writer.write(ByteBuffer.wrap(bytes(length)));
            writer.commit();
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(3).nextBytes(bytes);
        return bytes;
    }
}
