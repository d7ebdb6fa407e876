package dev.holdfast.dist.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.contract.publicapi.ApiJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls the public API as any client does: a challenge first, then the request with its digest (RFC 7616, MD5). */
final class DigestClient implements AutoCloseable {
    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]*)\"");
    private static final Pattern REALM = Pattern.compile("realm=\"([^\"]*)\"");
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String publicKey;
    private final String privateKey;

    DigestClient(String publicKey, String privateKey) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    /** The document that {@code url} answers; any status but 2xx is an {@link IOException} with its detail. */
    JsonNode get(String url) throws IOException, InterruptedException {
        return send("GET", URI.create(url), null);
    }

    /** The document that a POST of {@code body} answers. */
    JsonNode post(String url, JsonNode body) throws IOException, InterruptedException {
        return send("POST", URI.create(url), body);
    }

    private JsonNode send(String method, URI url, JsonNode body) throws IOException, InterruptedException {
        HttpResponse<byte[]> first = exchange(request(method, url, body).build());
        String challenge = first.headers()
                .firstValue("WWW-Authenticate")
                .orElseThrow(() -> new IOException(method + " " + url + " sent no challenge"));
        HttpResponse<byte[]> answer = exchange(request(method, url, body)
                .header("Authorization", authorization(method, url, challenge))
                .build());
        JsonNode document = ApiJson.mapper().readTree(answer.body());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + url + " answered " + answer.statusCode() + ": "
                    + document.path("detail").asText());
        }
        return document;
    }

    private HttpResponse<byte[]> exchange(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder request(String method, URI url, JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(TIME_LIMIT);
        if (body == null) {
            return request.method(method, HttpRequest.BodyPublishers.noBody());
        }
        return request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(ApiJson.write(body, false)));
    }

    private String authorization(String method, URI url, String challenge) throws IOException {
        String target = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        String nonce = find(NONCE, challenge);
        String realm = find(REALM, challenge);
        // every challenge brings a fresh nonce, so neither the count nor the client's nonce has to vary
        String tail = "00000001:686f6c6466617374:auth";
        String response = md5(md5(publicKey + ":" + realm + ":" + privateKey) + ":" + nonce + ":" + tail + ":"
                + md5(method + ":" + target));
        return "Digest username=\"" + publicKey + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\""
                + target
                + "\", cnonce=\"686f6c6466617374\", nc=00000001, qop=auth, response=\"" + response
                + "\", algorithm=MD5";
    }

    private static String find(Pattern pattern, String challenge) throws IOException {
        Matcher matcher = pattern.matcher(challenge);
        if (!matcher.find()) {
            throw new IOException("not a digest challenge: " + challenge);
        }
        return matcher.group(1);
    }

    private static String md5(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }

    @Override
    public void close() {
        // the client's threads are daemons and end with it
    }
}
