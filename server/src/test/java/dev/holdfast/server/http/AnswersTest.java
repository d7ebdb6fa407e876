package dev.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
    private static final String THINGS = TestServer.THINGS;

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
    @ValueSource(strings = {"/one", "/missing", "/bug", "/gone"})
    void answersToAuthenticatedCallersBearTheDocumentedHeaders(String thing) throws Exception {
        HttpResponse<String> response = server.send(server.asOwner(THINGS + thing));
        assertThat(response.headers().firstValue("X-MongoDB-Service-Version"))
                .hasValue("gitHash=unknown; versionString=0.1.0");
        assertThat(response.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=300");
        assertThat(response.headers().firstValue("Vary"))
                .hasValueSatisfying(vary -> assertThat(vary).isEqualToIgnoringCase("Accept-Encoding"));
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Date")).hasValue("Fri, 04 Mar 2016 22:07:27 GMT");
        assertThat(response.headers().firstValue("Content-Length"))
                .hasValue("" + response.body().length());
    }

    @Test
    void challengeHasTheDocumentedFiveFields() throws Exception {
        HttpResponse<String> response = server.send(server.request(THINGS));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body())
                .isEqualTo("{\"detail\":\"You are not authorized for this resource.\",\"error\":401,"
                        + "\"errorCode\":\"NO_CURRENT_USER\",\"parameters\":[],\"reason\":\"Unauthorized\"}");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json;charset=ISO-8859-1");
        assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(TestGate.CHALLENGE);
    }

    @Test
    void challengeNeedsNoGate() throws Exception {
        int before = server.gate.asked.get();
        server.send(server.request(THINGS));
        assertThat(server.gate.asked.get()).isEqualTo(before);
    }

    @Test
    void staleDigestIsToldSo() throws Exception {
        HttpResponse<String> response = server.send(server.request(THINGS).header("Authorization", "Test stale"));
        assertThat(response.headers().allValues("WWW-Authenticate"))
                .containsExactly(TestGate.CHALLENGE + ", stale=true");
    }

    @Test
    void gateSeesMethodAndTargetAsSent() throws Exception {
        server.send(server.asOwner(THINGS + "/a%20b/?x=%2f&pretty=true").method("HEAD", BodyPublishers.noBody()));
        assertThat(server.gate.lastMethod).isEqualTo("HEAD");
        assertThat(server.gate.lastTarget).isEqualTo(THINGS + "/a%20b/?x=%2f&pretty=true");
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        HttpResponse<String> get = server.send(server.asOwner(THINGS + "/one"));
        HttpResponse<String> head =
                server.send(server.asOwner(THINGS + "/one").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(get.headers().firstValue("Content-Length"));
    }

    @Test
    void prettyIsAsInTheDocumentation() throws Exception {
        assertThat(body(THINGS + "?pretty=true&itemsPerPage=1&pageNum=2"))
                .isEqualTo("""
                        {
                          "links" : [ {
                            "href" : "BASE?pretty=true&pageNum=2&itemsPerPage=1",
                            "rel" : "self"
                          }, {
                            "href" : "BASE?pretty=true&pageNum=1&itemsPerPage=1",
                            "rel" : "previous"
                          } ],
                          "results" : [ "b" ],
                          "totalCount" : 2
                        }""".replace("BASE", server.runner.url() + THINGS));
    }

    @Test
    void envelopeOfAnEntityHasItUnderBothNames() throws Exception {
        assertThat(body(THINGS + "/one?envelope=true"))
                .matches("\\{\"content\":(\\{[^}]*}),\"envelope\":\\1,\"status\":200}");
    }

    @Test
    void envelopeOfAListIsTheListAndItsStatus() throws Exception {
        assertThat(body(THINGS + "?envelope=true"))
                .endsWith("\"results\":[\"a\",\"b\"],\"status\":200,\"totalCount\":2}");
    }

    @Test
    void envelopeOfAnErrorKeepsTheTrueStatus() throws Exception {
        HttpResponse<String> response = server.send(server.asOwner(THINGS + "/missing?envelope=true"));
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).startsWith("{\"content\":{\"detail\"").endsWith(",\"status\":404}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gzip                     | true
            deflate, gzip;q=0.5      | true
            *                        | true
            gzip;q=0                 | false
            gzip;q=0, *              | false
            identity                 | false
            identity, gzip;q=0.5     | false
            """)
    void gzipIsUsedWhenTheClientPrefersIt(String encodings, boolean gzip) throws Exception {
        HttpResponse<byte[]> response = server.client.send(
                server.asOwner(TestServer.API + "/long")
                        .header("Accept-Encoding", encodings)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("Content-Encoding").isPresent())
                .isEqualTo(gzip);
        assertThat(response.headers().firstValue("Content-Length")).hasValue("" + response.body().length);
        byte[] body =
                gzip ? new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes() : response.body();
        assertThat(new String(body, StandardCharsets.UTF_8))
                .startsWith("{\"text\":\"xxx")
                .hasSize(2_011);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            */*                               | 200
            application/*                     | 200
            application/json; charset=utf-8   | 200
            text/html, */*;q=0.1              | 200
            text/html                         | 406
            application/json;q=0, */*         | 406
            application/xml                   | 406
            nonsense                          | 406
            """)
    void acceptThatExcludesJsonIsNotAcceptable(String accept, int status) throws Exception {
        assertThat(server.send(server.asOwner(THINGS).header("Accept", accept)).statusCode())
                .isEqualTo(status);
    }

    @Test
    void versionIsToldToAnybodyWhateverTheyAccept() throws Exception {
        HttpResponse<String> response =
                server.send(server.request("/api/private/unauth/version").header("Accept", "text/plain"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-MongoDB-Service-Version")).isPresent();
    }

    @Test
    void otherMethodIsToldTheAllowedOnes() throws Exception {
        HttpResponse<String> response =
                server.send(server.asOwner(THINGS).method("PATCH", BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");
    }

    @ParameterizedTest
    @CsvSource({"bug, 500", "away, 503", "full, 507", "damaged, 500", "unwritable, 500"})
    void ownTroubleIsAnsweredWithAnIdAndWithoutItsInside(String thing, int status) throws Exception {
        HttpResponse<String> response = server.send(server.asOwner(THINGS + "/" + thing));
        assertThat(response.statusCode()).isEqualTo(status);
        String id = response.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(response.body()).contains("\"error\":" + status, id).doesNotContain("secret", "Exception");
        assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503 || status == 507);
    }

    @Test
    void createdAnswersWithItsAddress() throws Exception {
        HttpResponse<String> response = server.send(server.asOwner(THINGS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"size\":1.0}")));
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location")).hasValue(server.runner.url() + "/api/public/v1.0/x");
    }

    @Test
    void emptyAnswerHasNoBodyAndNoLength() throws Exception {
        HttpResponse<String> response =
                server.send(server.asOwner(THINGS + "/one").DELETE());
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Content-Length")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /one/       | 200 | "name":"one"
            /a%2Fb      | 200 | "name":"a/b"
            /%C3%BC     | 200 | "name":"ü"
            /%ff        | 404 | RESOURCE_NOT_FOUND
            /%zz        | 404 | RESOURCE_NOT_FOUND
            /%00        | 404 | RESOURCE_NOT_FOUND
            /one//      | 404 | RESOURCE_NOT_FOUND
            """)
    void pathParametersAreDecodedOrTheResourceIsUnknown(String path, int status, String part) throws Exception {
        try (RawClient raw = server.raw()) {
            RawClient.Response response = raw.send(
                            "GET " + THINGS + path + " HTTP/1.1\r\nHost: h\r\nAuthorization: Test owner\r\n\r\n")
                    .read();
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.body()).contains(part);
        }
    }

    private static String body(String target) throws Exception {
        return server.send(server.asOwner(target)).body();
    }
}
