package dev.holdfast.cli.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import dev.holdfast.contract.publicapi.ApiJson;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a server answers to a request of a download link. Never repeats the link: it is a credential. */
final class LinkAnswer {
    private static final Pattern SHA256 = Pattern.compile("sha-256=:([A-Za-z0-9+/=]{44}):");

    private LinkAnswer() {}

    /** The SHA-256 of the whole archive, hexadecimal, where the server says it (RFC 9530). */
    static Optional<String> sha256(HttpResponse<?> answer) {
        Matcher digest =
                SHA256.matcher(answer.headers().firstValue("Repr-Digest").orElse(""));
        return digest.find()
                ? Optional.of(HexFormat.of().formatHex(Base64.getDecoder().decode(digest.group(1))))
                : Optional.empty();
    }

    /** Whether the same request may succeed later. */
    static boolean isPassing(int status) {
        return status == 408 || status == 429 || status == 500 || status >= 502 && status <= 504;
    }

    /** How long the server wants to be left alone, in milliseconds; 0 if it does not say. */
    static long retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,4}"))
                .map(text -> Long.parseLong(text) * 1000)
                .orElse(0L);
    }

    /** The trouble that a status which is none of the above means. */
    static CliTrouble trouble(String name, int status, byte[] body) {
        String said = detail(body);
        String words = name + ": the server answered " + status + (said.isEmpty() ? "" : ": " + said);
        return switch (status) {
            case 403, 410 ->
                new CliTrouble(Exit.LINK_ENDED, words + "\nHINT: make another restore job: holdfast restore create.");
            case 404 ->
                new CliTrouble(
                        Exit.JOB_FAILED, words + "\nHINT: holdfast jobs show says what became of the restore job.");
            case 412, 416 ->
                new CliTrouble(
                        Exit.FAILED,
                        words + "\nHINT: the archive is not the one that was begun. Delete " + name + ".part and "
                                + name + ".part.journal to begin again.");
            case 200 ->
                new CliTrouble(
                        Exit.FAILED,
                        name + ": the server, or a proxy before it, sent the whole archive where a range was asked for"
                                + "\nHINT: fetch it with curl -O, or let the proxy leave Range alone.");
            default ->
                new CliTrouble(Exit.FAILED, words + "\nHINT: is the server's base URL right, and no proxy in between?");
        };
    }

    private static String detail(byte[] body) {
        try {
            JsonNode document = ApiJson.mapper().readTree(body);
            return document == null ? "" : document.path("detail").asText();
        } catch (IOException e) {
            return ""; // a proxy's page
        }
    }
}
