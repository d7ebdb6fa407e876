package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contract.id.ObjectIds;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerTest {
    private static final HttpConfig PLAIN = HttpConfig.plain("127.0.0.1", 0);

    @TempDir
    private Path folder;

    @Test
    void takenPortIsNamedWithAHint() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpServerRunner runner = runner(PLAIN.listeningOn("127.0.0.1:" + taken.getLocalPort()));
            assertThatThrownBy(runner::start)
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("\nHINT: ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no.such.host.invalid:0", "192.0.2.1:0"})
    void hostThatIsNotOursIsNamedWithAHint(String listen) {
        HttpServerRunner runner = runner(PLAIN.listeningOn(listen));
        assertThatThrownBy(runner::start)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(listen)
                .hasMessageContaining("\nHINT: ");
    }

    @Test
    void badTlsFilesAreNamedBeforeAnythingListens() throws Exception {
        Path none = folder.resolve("none.pem");
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "s3cret");
        Path sealed = Files.writeString(folder.resolve("sealed.pem"), "-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertTlsRefused(none, none, "none.pem");
        assertTlsRefused(garbage, garbage, "garbage.pem");
        Path certificate = Files.writeString(folder.resolve("c.pem"), "-----BEGIN CERTIFICATE-----\n");
        assertTlsRefused(certificate, sealed, "sealed.pem");
        Path key = Files.writeString(folder.resolve("k.pem"), "-----BEGIN PRIVATE KEY-----\ns3cret\n");
        assertTlsRefused(certificate, key, "HINT: ");
    }

    @Test
    void runnerThatWasClosedFreesItsPort() {
        HttpServerRunner first = runner(PLAIN);
        first.start();
        String listen = "127.0.0.1:" + first.port();
        first.close();
        first.close();
        try (HttpServerRunner second = runner(PLAIN.listeningOn(listen))) {
            second.start();
            assertThat(second.url()).isEqualTo("http://" + listen);
        }
    }

    @Test
    void requestsBeyondTheQueueAreToldToComeAgain() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        HttpConfig tight = new HttpConfig(
                "127.0.0.1", 0, null, List.of(), null, PLAIN.version(), 1, 1, HttpConfig.Limits.defaults());
        Routes slow = table -> table.add("GET", TestServer.API + "/slow", Need.KEY, call -> {
            held.countDown();
            try {
                hold.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Answer.empty(204);
        });
        String get = "GET " + TestServer.API + "/slow HTTP/1.1\r\nHost: h\r\nAuthorization: Test owner\r\n\r\n";
        try (TestServer server = new TestServer(tight, slow);
                RawClient working = server.raw();
                RawClient second = server.raw();
                RawClient third = server.raw()) {
            working.send(get);
            held.await();
            // one of the two waits in the queue, the other finds it full; which is which nobody promises
            second.send(get);
            third.send(get);
            RawClient.Response refused = firstOf(second, third);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("5");
            assertThat(refused.body()).contains("\"error\":503");
            hold.countDown();
            assertThat(working.read().status()).isEqualTo(204);
        }
    }

    private static RawClient.Response firstOf(RawClient one, RawClient other) throws Exception {
        while (true) {
            if (one.hasBytes()) {
                return one.read();
            }
            if (other.hasBytes()) {
                return other.read();
            }
            Thread.onSpinWait();
        }
    }

    private static void assertTlsRefused(Path certificate, Path key, String part) {
        HttpServerRunner runner = runner(PLAIN.withTls(new HttpConfig.Tls(certificate, key)));
        assertThatThrownBy(runner::start)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(part)
                .hasMessageContaining("\nHINT: ")
                .message()
                .doesNotContain("s3cret");
    }

    private static HttpServerRunner runner(HttpConfig config) {
        return new HttpServerRunner(
                config, new Router(), new TestGate(), TestServer.CLOCK, new ObjectIds(TestServer.CLOCK, new Random(1)));
    }
}
