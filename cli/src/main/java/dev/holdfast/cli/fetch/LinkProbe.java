package dev.holdfast.cli.fetch;

import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.Exit;
import dev.holdfast.cli.Pause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a download link what is behind it. A HEAD is no download. */
final class LinkProbe {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http;
    private final int retries;
    private final Pause pause;

    LinkProbe(HttpClient http, int retries, Pause pause) {
        this.http = http;
        this.retries = retries;
        this.pause = pause;
    }

    /**
     * A journal of a download that is not begun.
     *
     * @throws CliTrouble if there is none to be had in ranges
     */
    Journal ask(Archive archive) throws IOException, InterruptedException {
        HttpResponse<Void> answer = patientHead(archive);
        if (answer.statusCode() != 200) {
            throw LinkAnswer.trouble(archive.name(), answer.statusCode(), new byte[0]);
        }
        long size = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        String tag = answer.headers().firstValue("ETag").orElse("");
        if (size <= 0 || tag.isEmpty() || tag.startsWith("W/") || !acceptsRanges(answer)) {
            throw CliTrouble.failed(
                    archive.name() + ": the server offers no ranges, or no strong ETag",
                    "fetch it in one piece: curl -O with the delivery.url that holdfast jobs show prints.");
        }
        return new Journal(archive.job(), tag, size, ByteRanges.NONE);
    }

    /** Shown while the link lasts; one that is used up by this very download, or out of reach, is no trouble. */
    Optional<String> sha256(Archive archive) throws IOException, InterruptedException {
        try {
            return LinkAnswer.sha256(head(archive));
        } catch (CliTrouble outOfReach) {
            return Optional.empty();
        }
    }

    private HttpResponse<Void> patientHead(Archive archive) throws IOException, InterruptedException {
        for (int failures = 1; ; failures++) {
            long wait = 1000L * failures;
            try {
                HttpResponse<Void> answer = head(archive);
                if (!LinkAnswer.isPassing(answer.statusCode()) || failures > retries) {
                    return answer;
                }
                wait = Math.max(wait, LinkAnswer.retryAfter(answer));
            } catch (CliTrouble outOfReach) {
                if (failures > retries) {
                    throw outOfReach;
                }
            }
            pause.millis(wait);
        }
    }

    private static boolean acceptsRanges(HttpResponse<Void> answer) {
        return answer.headers().firstValue("Accept-Ranges").orElse("").equalsIgnoreCase("bytes");
    }

    private HttpResponse<Void> head(Archive archive) throws IOException, InterruptedException {
        try {
            return http.send(
                    HttpRequest.newBuilder(archive.url())
                            .method("HEAD", HttpRequest.BodyPublishers.noBody())
                            .timeout(LIMIT)
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            URI url = archive.url();
            throw new CliTrouble(
                    Exit.FAILED,
                    archive.name() + ": " + url.getHost() + " cannot be reached: " + e
                            + "\nHINT: can this machine reach that address? It is the server's public.baseUrl.",
                    e);
        }
    }
}
