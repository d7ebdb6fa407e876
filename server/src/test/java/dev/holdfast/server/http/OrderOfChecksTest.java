package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row is wrong in one way more than the row below it; the earlier check must win. */
class OrderOfChecksTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            POST | /api/public/v1.0/nope                           | -             | -           | {bad     | 401 | NO_CURRENT_USER
            POST | /api/public/v1.0/nope                           | Test wrong    | -           | {bad     | 401 | NO_CURRENT_USER
            POST | /api/public/v1.0/nope                           | Test stale    | -           | {bad     | 401 | NO_CURRENT_USER
            POST | /api/public/v1.0/nope                           | Test stranger | -           | {bad     | 404 | RESOURCE_NOT_FOUND
            GET  | /api/public/v1.0x                               | -             | -           | -        | 404 | RESOURCE_NOT_FOUND
            GET  | /nope                                           | -             | -           | -        | 404 | RESOURCE_NOT_FOUND
            PUT  | /api/public/v1.0/groups/G/things                | -             | -           | {bad     | 401 | NO_CURRENT_USER
            PUT  | /api/public/v1.0/groups/nope/things             | Test stranger | -           | {bad     | 405 | -
            PUT  | /healthz                                        | -             | -           | {bad     | 405 | -
            POST | /api/public/v1.0/groups/nope/things             | -             | -           | {bad     | 401 | NO_CURRENT_USER
            POST | /api/public/v1.0/groups/nope/things             | Test stranger | -           | {bad     | 404 | INVALID_GROUP_ID
            GET  | /api/public/v1.0/groups/5196D3628d022db4cbc26d9e/things | Test owner | -      | -        | 404 | INVALID_GROUP_ID
            POST | /api/public/v1.0/groups/G/things                | Test stranger | text/html   | {bad     | 401 | NOT_IN_GROUP
            POST | /api/public/v1.0/groups/G/things                | Test reader   | text/html   | {bad     | 401 | USER_UNAUTHORIZED
            POST | /api/public/v1.0/groups/G/things                | Test unlisted | text/html   | {bad     | 403 | IP_ADDRESS_NOT_ON_ACCESS_LIST
            POST | /api/public/v1.0/groups/G/things                | Test owner    | -           | {bad     | 415 | -
            POST | /api/public/v1.0/groups/G/things                | Test owner    | text/html   | {bad     | 415 | -
            POST | /api/public/v1.0/groups/G/things                | Test owner    | application/json | {bad | 400 | INVALID_JSON
            POST | /api/public/v1.0/groups/G/things                | Test owner    | application/json; charset=UTF-8 | {} | 400 | MISSING_ATTRIBUTE
            POST | /api/public/v1.0/groups/G/things                | Test owner    | application/json | {'size':0,'x':1} | 400 | ATTRIBUTE_NEGATIVE_OR_ZERO
            POST | /api/public/v1.0/groups/G/things                | Test owner    | application/json | {'size':1,'x':1} | 400 | INVALID_ATTRIBUTE
            POST | /api/public/v1.0/groups/G/things                | Test owner    | application/json | {'size':'1'} | 201 | -
            GET  | /agent/v1/G                                     | -             | -           | -        | 401 | NO_CURRENT_USER
            GET  | /agent/v1/nope                                  | Bearer agent  | -           | -        | 404 | INVALID_GROUP_ID
            GET  | /agent/v1/G                                     | Bearer agent  | -           | -        | 200 | -
            """)
    void earlierCheckWins(
            String method, String path, String authorization, String contentType, String body, int status, String code)
            throws Exception {
        HttpRequest.Builder request = server.request(path.replace("/G", "/" + TestGate.GROUP));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        request.method(
                method,
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));

        HttpResponse<String> response = server.send(request);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        if (code != null) {
            assertThat(response.body()).contains("\"errorCode\":\"" + code + "\"");
        } else if (status >= 400) {
            assertThat(response.body()).contains("\"error\":" + status).doesNotContain("errorCode");
        }
        assertThat(response.headers().allValues("WWW-Authenticate")).hasSize(status == 401 ? 1 : 0);
    }
}
