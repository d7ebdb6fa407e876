package dev.holdfast.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.contract.publicapi.ApiJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Calls the public API as any client does: a request, the challenge, the same request with its digest. Works with
 * Holdfast and with any other server of that API.
 */
public final class ApiClient {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
    private static final String FIRST_USE = "00000001";
    private static final String CNONCE = "686f6c6466617374";

    private final HttpClient http;
    private final Credentials credentials;

    /** A client that signs in with {@code credentials} over {@code http}. */
    public ApiClient(HttpClient http, Credentials credentials) {
        this.http = http;
        this.credentials = credentials;
    }

    /**
     * The document at {@code url}.
     *
     * @throws ApiRefusal if the answer is not 2xx
     */
    public JsonNode get(URI url) throws IOException, InterruptedException {
        return send("GET", url, null);
    }

    /**
     * The document that a POST of {@code body} answers.
     *
     * @throws ApiRefusal if the answer is not 2xx
     */
    public JsonNode post(URI url, JsonNode body) throws IOException, InterruptedException {
        return send("POST", url, body);
    }

    /**
     * Deletes what is at {@code url}.
     *
     * @throws ApiRefusal if the answer is not 2xx
     */
    public void delete(URI url) throws IOException, InterruptedException {
        send("DELETE", url, null);
    }

    private JsonNode send(String method, URI url, JsonNode body) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = exchange(request(method, url, body));
        if (answer.statusCode() == 401) {
            Challenge challenge = answer.headers()
                    .firstValue("WWW-Authenticate")
                    .flatMap(Challenge::parse)
                    .orElseThrow(() -> new IOException(method + " " + url + " was refused without a digest challenge"));
            String target = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
            answer = exchange(request(method, url, body)
                    .header("Authorization", credentials.answer(challenge, method, target, FIRST_USE, CNONCE)));
        }
        if (answer.statusCode() / 100 != 2) {
            throw ApiRefusal.of(method + " " + url, answer.statusCode(), answer.body());
        }
        return ApiJson.mapper().readTree(answer.body());
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder request(String method, URI url, JsonNode body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).timeout(TIME_LIMIT).header("Accept", "application/json");
        if (body == null) {
            return request.method(method, HttpRequest.BodyPublishers.noBody());
        }
        return request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(ApiJson.write(body, false)));
    }
}
