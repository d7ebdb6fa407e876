package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Prospect.Look;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PatienceTest {
    private static final String JOB = "/api/public/v1.0/groups/" + TestGate.GROUP + "/job";

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile String state = "IN_PROGRESS";
    private TestServer server;

    @BeforeEach
    void start() {
        String pattern = "/api/public/v1.0/groups/{groupId}/job";
        server = new TestServer(HttpConfig.plain("127.0.0.1", 0), table -> {
            table.add("GET", pattern, Need.READ, new PatientHandler(call -> prospect()));
            table.addListed("POST", pattern, Need.BACKUP, new PatientHandler(call -> prospect()));
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Prospect prospect() {
        begun.incrementAndGet();
        return now -> {
            looks.incrementAndGet();
            String seen = state;
            if (seen.equals("GONE")) {
                throw new Refusal(ErrorCode.RESOURCE_NOT_FOUND, JOB);
            }
            return new Look(Answer.ok(Map.of("state", seen)), seen.equals("FINISHED") ? null : seen);
        };
    }

    @Test
    void whoDoesNotPreferToWait_isAnsweredAtOnce() throws Exception {
        HttpResponse<String> answer = server.send(server.asOwner(JOB));
        assertThat(answer.body()).isEqualTo("{\"state\":\"IN_PROGRESS\"}");
        assertThat(answer.headers().firstValue("Preference-Applied")).isEmpty();
    }

    @Test
    void whatWillNotChange_isAnsweredAtOnce() throws Exception {
        state = "FINISHED";
        HttpResponse<String> answer = server.send(server.asOwner(JOB).header("Prefer", "wait=50"));
        assertThat(answer.body()).isEqualTo("{\"state\":\"FINISHED\"}");
        assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait=50");
        assertThat(looks).hasValue(1);
    }

    @Test
    void whenNothingChanges_theWaitEnds() throws Exception {
        HttpResponse<String> answer = server.send(server.asOwner(JOB).header("Prefer", "wait=1"));
        assertThat(answer.body()).isEqualTo("{\"state\":\"IN_PROGRESS\"}");
        assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait=1");
        assertThat(looks.get()).isGreaterThan(1);
    }

    @Test
    void aChange_endsTheWait_alsoOfAPost_whichIsDoneOnce() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = server.client.sendAsync(
                server.asOwner(JOB)
                        .header("Prefer", "wait=9")
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        awaitLooks(2);
        assertThat(answer).isNotDone();
        state = "FINISHED";
        assertThat(answer.get().body()).isEqualTo("{\"state\":\"FINISHED\"}");
        assertThat(answer.get().headers().firstValue("Preference-Applied")).hasValue("wait=9");
        assertThat(begun).hasValue(1);
    }

    @Test
    void aRefusalDuringTheWait_isAnswered() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = waiting();
        awaitLooks(2);
        state = "GONE";
        assertThat(answer.get().statusCode()).isEqualTo(404);
    }

    @Test
    void thoseWhoWait_holdNoThread_andOneTooManyIsNotKeptWaiting() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            answers.add(waiting());
        }
        awaitLooks(2 * 256);
        HttpResponse<String> other = server.send(server.asOwner("/api/public/v1.0"));
        assertThat(other.statusCode()).isEqualTo(200);
        HttpResponse<String> tooMany = server.send(server.asOwner(JOB).header("Prefer", "wait=9"));
        assertThat(tooMany.statusCode()).isEqualTo(200);
        assertThat(tooMany.headers().firstValue("Preference-Applied")).isEmpty();
        state = "FINISHED";
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().body()).isEqualTo("{\"state\":\"FINISHED\"}");
        }
    }

    @Test
    void whoGoesAway_leavesAPlace() throws Exception {
        for (int i = 0; i < 300; i++) {
            CompletableFuture<HttpResponse<String>> answer = waiting();
            int before = looks.get();
            if (i % 50 == 0) {
                awaitLooks(before + 1);
            }
            answer.cancel(true);
        }
        HttpResponse<String> last;
        do {
            last = server.send(server.asOwner(JOB).header("Prefer", "wait=1"));
        } while (last.headers().firstValue("Preference-Applied").isEmpty());
        assertThat(last.statusCode()).isEqualTo(200);
    }

    private CompletableFuture<HttpResponse<String>> waiting() {
        return server.client.sendAsync(
                server.asOwner(JOB).header("Prefer", "wait=9").build(), BodyHandlers.ofString());
    }

    private void awaitLooks(int count) throws InterruptedException {
        while (looks.get() < count) {
            Thread.sleep(5);
        }
    }
}
