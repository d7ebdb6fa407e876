package dev.holdfast.cli.fetch;

import dev.holdfast.unpack.UnpackRules;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** A fetch in a process of its own, to be killed. */
final class FetchProgram {
    private FetchProgram() {}

    /** Words: job, link, folder; a fourth one if the folder is to be what is in the archive. */
    public static void main(String[] words) throws Exception {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Archive archive = new Archive(words[0], URI.create(words[1]), Optional::empty, 0);
        Fetch fetch = new Fetch(http, FetchSettings.USUAL, Space.REAL, Thread::sleep, new Random(), Progress.NONE);
        if (words.length > 3) {
            fetch.extract(archive, Path.of(words[2]), new UnpackRules(null, true, false));
        } else {
            fetch.run(archive, Path.of(words[2]));
        }
    }
}
