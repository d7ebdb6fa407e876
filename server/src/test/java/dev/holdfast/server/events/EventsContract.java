package dev.holdfast.server.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.server.testing.TestClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events and webhooks on each database. */
abstract class EventsContract {
    private static final Instant NOW = Instant.parse("2016-03-04T22:07:27Z");
    private static final GroupId GROUP = new GroupId("5196d3628d022db4cbc26d9e");
    private static final SealKey KEY = new SealKey("one", new SecretKeySpec(new byte[32], "AES"));

    private final TestClock clock = new TestClock(NOW);
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final List<String> signatures = Collections.synchronizedList(new ArrayList<>());
    private Database database;
    private Events events;
    private HttpServer receiver;
    private volatile int status = 200;
    private String url;

    abstract DatabaseConfig config() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(config(), List.of(Events.MIGRATIONS));
        events = new Events(database);
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            signatures.add(exchange.getRequestHeaders().getFirst("Holdfast-Signature"));
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.createContext("/elsewhere", exchange -> {
            bodies.add("followed");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook?a=b";
    }

    @AfterEach
    void close() {
        receiver.stop(0);
        database.close();
    }

    @Test
    void eventsOfAProject_areNumberedWithoutGaps_alsoWhenSeveralTellAtOnce() {
        List<CompletableFuture<Void>> tellers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tellers.add(CompletableFuture.runAsync(() -> {
                for (int k = 0; k < 10; k++) {
                    tell("snapshot.begun");
                }
            }));
        }
        tellers.forEach(CompletableFuture::join);
        assertThat(events.after(GROUP, 0, 100)).extracting(Event::seq).containsExactlyElementsOf(numbers(40));
        assertThat(events.after(GROUP, 38, 100)).extracting(Event::seq).containsExactly(39L, 40L);
        assertThat(events.head(GROUP)).isEqualTo(40);
    }

    @Test
    void whatWasNotCommitted_wasNotTold() {
        assertThatThrownBy(() -> database.change(tx -> {
                    events.tell(tx, GROUP, "snapshot.begun", Map.of(), NOW);
                    throw new IllegalStateException("it went wrong");
                }))
                .hasMessageContaining("it went wrong");
        assertThat(events.after(GROUP, 0, 100)).isEmpty();
        tell("snapshot.begun");
        assertThat(events.after(GROUP, 0, 100)).extracting(Event::seq).containsExactly(1L);
    }

    @Test
    void aWebhook_getsEachEventOnce_signedWithItsSecret() {
        try (WebhookSender sender = sender(true)) {
            Webhooks.New hook = hooks(true).create(GROUP, url, NOW);
            tell("snapshot.complete");
            sendAll(sender);
            sendAll(sender);
            assertThat(bodies).hasSize(1);
            assertThat(bodies.get(0)).contains("\"type\":\"snapshot.complete\"", "\"id\":1");
            assertThat(signatures.get(0)).isEqualTo(Signature.of(hook.secret(), bodies.get(0), NOW));
            assertThat(hooks(true).list(GROUP).get(0).backlog().pending()).isZero();
        }
    }

    @Test
    void aWebhookThatFails_isTriedAgainLater_untilItIsGivenUp() {
        status = 500;
        try (WebhookSender sender = sender(true)) {
            hooks(true).create(GROUP, url, NOW);
            tell("snapshot.complete");
            sendAll(sender);
            assertThat(sender.due()).as("not at once").isEmpty();
            for (int i = 1; i < 3; i++) {
                clock.advance(Duration.ofHours(5));
                sendAll(sender);
            }
            assertThat(bodies).hasSize(3);
            clock.advance(Duration.ofHours(5));
            assertThat(sender.due()).as("given up").isEmpty();
            assertThat(hooks(true).list(GROUP).get(0).backlog()).isEqualTo(new WebhookTable.Backlog(0, 1));
        }
    }

    @Test
    void anEventIsSentByOneNode_andByAnotherWhenThatOneDied() {
        hooks(true).create(GROUP, url, NOW);
        tell("snapshot.complete");
        try (WebhookSender a = sender(true);
                WebhookSender b = sender(true)) {
            assertThat(a.due()).hasSize(1);
            assertThat(b.due()).isEmpty();
            clock.advance(Duration.ofHours(1));
            assertThat(b.due()).hasSize(1);
        }
    }

    @Test
    void aRedirect_isNotFollowed_andPrivateAddressesAreNotTold() {
        status = 302;
        hooks(true).create(GROUP, url, NOW);
        tell("snapshot.complete");
        try (WebhookSender sender = sender(true)) {
            sendAll(sender);
        }
        assertThat(bodies).hasSize(1).doesNotContain("followed");
        status = 200;
        clock.advance(Duration.ofHours(5));
        try (WebhookSender strict = sender(false)) {
            sendAll(strict);
        }
        assertThat(bodies).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.net/",
                "http://",
                "http://user@example.net/",
                "http://example.net/#x",
                "nothing",
                "http://127.0.0.1/",
                "https://[::1]/",
                "http://169.254.169.254/latest",
                "http://10.1.2.3:8080/",
                "http://localhost/",
                "http://[::ffff:10.0.0.1]/",
                "http://[fd00::1]/",
                "http://0/",
                "http://example.net:99999/"
            })
    void urlsThatMayNotBeTold_areRefusedWhenTheyAreEntered(String bad) {
        assertThatThrownBy(() -> hooks(false).create(GROUP, bad, NOW)).isInstanceOf(Refusal.class);
    }

    @Test
    void aSecretIsInNoRow_andAnotherHooksRowOpensNothing() {
        Webhooks.New hook = hooks(true).create(GROUP, url, NOW);
        String stored = database.read(handle -> handle.createQuery("SELECT secret FROM webhook")
                .mapTo(String.class)
                .one());
        assertThat(stored).doesNotContain(hook.secret().substring(6));
        assertThat(hook.hook().secret().open(List.of(KEY), hook.hook().id())).isEqualTo(hook.secret());
        assertThatThrownBy(() -> hook.hook().secret().open(List.of(KEY), "another"))
                .hasMessageContaining("HINT:");
    }

    @Test
    void oldEventsGo_butNotThoseThatAWebhookWaitsFor() {
        tell("snapshot.begun");
        hooks(true).create(GROUP, url, NOW);
        tell("snapshot.complete");
        assertThat(events.prune(NOW.plusSeconds(1))).isEqualTo(1);
        assertThat(events.after(GROUP, 0, 10)).extracting(Event::seq).containsExactly(2L);
    }

    private void tell(String type) {
        database.change(tx -> events.tell(tx, GROUP, type, Map.of("snapshotId", "x"), clock.instant()));
    }

    private static void sendAll(WebhookSender sender) {
        sender.open();
        sender.due().forEach(sender::send);
    }

    private Webhooks hooks(boolean allowPrivate) {
        return new Webhooks(
                database,
                List.of(KEY),
                settings(allowPrivate),
                new ObjectIds(clock, new Random(1)),
                new SecureRandom());
    }

    private WebhookSender sender(boolean allowPrivate) {
        return new WebhookSender(database, hooks(allowPrivate), settings(allowPrivate), clock, new Random(1));
    }

    private static EventSettings settings(boolean allowPrivate) {
        return new EventSettings(Duration.ofDays(7), allowPrivate, 3, Duration.ofSeconds(5));
    }

    private static List<Long> numbers(int most) {
        List<Long> numbers = new ArrayList<>();
        for (long i = 1; i <= most; i++) {
            numbers.add(i);
        }
        return numbers;
    }
}
