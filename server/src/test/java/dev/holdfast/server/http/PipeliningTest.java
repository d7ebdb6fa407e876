package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are sent before the answers to earlier ones were read. */
class PipeliningTest {
    private static final Semaphore GO = new Semaphore(0);

    private static TestServer server;

    @BeforeAll
    static void start() {
        HttpConfig plain = HttpConfig.plain("127.0.0.1", 0);
        HttpConfig.Limits limits = new HttpConfig.Limits(
                16 << 10,
                4 << 10,
                64 << 10,
                Duration.ofMillis(500),
                Duration.ofMillis(500),
                Duration.ofSeconds(20),
                20);
        server = new TestServer(
                new HttpConfig(plain.host(), 0, null, plain.trustedProxies(), null, plain.version(), 4, 64, limits),
                table -> {
                    table.add("GET", "/slow", Need.NOTHING, call -> slow());
                    table.addStream("GET", "/stream", Need.NOTHING, (request, call) -> {
                        request.resume();
                        request.response().end();
                    });
                });
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/stream"})
    void slowAnswerBehindAQuickOneIsNotTakenForASlowSender(String quick) throws Exception {
        try (RawClient raw = server.raw()) {
            raw.send("GET " + quick + " HTTP/1.1\r\nHost: h\r\n\r\nGET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(raw.read().status()).isEqualTo(200);
            // three times as long as a head may take
            Thread.sleep(1500);
            GO.release();
            RawClient.Response slow = raw.read();
            assertThat(slow).isNotNull();
            assertThat(slow.status()).isEqualTo(200);
        }
    }

    @Test
    void clientThatReadsNoAnswersCannotGoOnAsking() throws Exception {
        ByteBuffer requests = ByteBuffer.wrap("GET /api/public/v1.0/groups HTTP/1.1\r\nHost: h\r\n\r\n"
                .repeat(2_000)
                .getBytes(StandardCharsets.US_ASCII));
        try (SocketChannel channel = SocketChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 16 << 10);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, 16 << 10);
            channel.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), server.runner.port()));
            channel.configureBlocking(false);
            long taken = 0;
            try {
                for (int still = 0; still < 40 && taken < 24 << 20; ) {
                    int written = channel.write(requests);
                    if (!requests.hasRemaining()) {
                        requests.rewind();
                    }
                    taken += written;
                    if (written == 0) {
                        Thread.sleep(25);
                    }
                    still = written == 0 ? still + 1 : 0;
                }
            } catch (IOException e) {
                // cut off, which is as good
            }
            // what the two systems buffer, and a little here; the answers to 24 MiB would be more than 200 MiB
            assertThat(taken).isLessThan(24 << 20);
        }
    }

    private static Answer slow() {
        try {
            return GO.tryAcquire(10, TimeUnit.SECONDS) ? Answer.empty(200) : Answer.empty(500);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
