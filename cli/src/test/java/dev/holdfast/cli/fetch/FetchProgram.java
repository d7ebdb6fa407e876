package dev.holdfast.cli.fetch;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** A fetch in a process of its own, to be killed. */
final class FetchProgram {
    private FetchProgram() {}

    /** Words: job, link, folder. */
    public static void main(String[] words) throws Exception {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Archive archive = new Archive(words[0], URI.create(words[1]), Optional::empty, 0);
        new Fetch(http, FetchSettings.USUAL, Space.REAL, Thread::sleep, new Random(), Progress.NONE)
                .run(archive, Path.of(words[2]));
    }
}
