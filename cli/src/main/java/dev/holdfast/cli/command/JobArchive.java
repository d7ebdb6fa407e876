package dev.holdfast.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.cli.Api;
import dev.holdfast.cli.ApiRefusal;
import dev.holdfast.cli.CliTrouble;
import dev.holdfast.cli.deployment.Jobs;
import dev.holdfast.cli.fetch.Archive;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The archive of a restore job, as its document tells of it. */
final class JobArchive {
    private JobArchive() {}

    /**
     * The archive.
     *
     * @param unpacked whether to ask how many bytes it has unpacked
     * @throws CliTrouble if the job has none, or will never have
     */
    static Archive of(Api api, Jobs jobs, JsonNode job, boolean unpacked) throws IOException, InterruptedException {
        String url = job.path("delivery").path("url").asText();
        String id = job.path("id").asText();
        if (url.isEmpty()) {
            WaitOptions.requireReady(job);
            throw CliTrouble.failed(
                    "restore job " + id + " has no download link",
                    "an automated restore has none: its data go to the target cluster.");
        }
        return new Archive(id, link(url), () -> sha1(jobs.again(job)), unpacked ? unpackedBytes(api, job) : 0);
    }

    private static URI link(String url) throws CliTrouble {
        try {
            URI link = URI.create(url);
            if (("https".equals(link.getScheme()) || "http".equals(link.getScheme())) && link.getHost() != null) {
                return link;
            }
        } catch (IllegalArgumentException e) {
            // the same trouble; the text is not shown, it has a credential in it
        }
        throw CliTrouble.failed("the download link is no URL", "is the server's public.baseUrl right?");
    }

    private static Optional<String> sha1(JsonNode job) {
        for (JsonNode hash : job.path("hashes")) {
            if (hash.path("typeName").asText().equals("SHA1")) {
                return Optional.of(hash.path("hash").asText());
            }
        }
        return Optional.empty();
    }

    /** What the snapshot says the files of the job's part take; of all parts, where the job's is not to be found. */
    private static long unpackedBytes(Api api, JsonNode job) throws IOException, InterruptedException {
        if (!job.hasNonNull("snapshotId")) {
            return 0;
        }
        try {
            JsonNode snapshot = api.get(
                    Jobs.place(job) + "/snapshots/" + job.path("snapshotId").asText());
            long own = 0;
            long all = 0;
            for (JsonNode part : snapshot.path("parts")) {
                long bytes = part.path("storageSizeBytes").asLong();
                all += bytes;
                own += isOf(part, job, "hostId") || isOf(part, job, "clusterId") ? bytes : 0;
            }
            return own > 0 ? own : all;
        } catch (ApiRefusal refusal) {
            return 0; // it may be gone by now; a full disk is met when it is met
        }
    }

    private static boolean isOf(JsonNode part, JsonNode job, String field) {
        return part.hasNonNull(field)
                && part.path(field).asText().equals(job.path(field).asText());
    }
}
