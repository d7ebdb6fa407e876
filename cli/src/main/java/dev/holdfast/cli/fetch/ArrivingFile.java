package dev.holdfast.cli.fetch;

import dev.holdfast.cli.fetch.RangeReader.Link;
import dev.holdfast.cli.fetch.RangeReader.Patience;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One archive on its way into a {@link PartFile}: downloaded, hashed, and perhaps unpacked, all at the same time. */
final class ArrivingFile {
    private final HttpClient http;
    private final FetchSettings settings;
    private final Patience patience;
    private final Progress progress;

    ArrivingFile(HttpClient http, FetchSettings settings, Patience patience, Progress progress) {
        this.http = http;
        this.settings = settings;
        this.patience = patience;
        this.progress = progress;
    }

    /**
     * Returns when all is on the disk and {@code more} is done with it.
     *
     * @param journal what {@code file} has already
     * @param more reads the archive too, as it comes in; null for nothing
     */
    Hashes run(Archive archive, PartFile file, Journal journal, Followers.Follower<Void> more)
            throws IOException, InterruptedException {
        Received received = new Received(journal.have());
        try (Followers followers = new Followers(() -> file.arriving(received, journal.size()), received)) {
            Hashing hashing = new Hashing(followers);
            if (settings.hashMeanwhile()) {
                hashing.begin();
            }
            Future<Void> rest = more == null ? null : followers.add(more);
            if (journal.have().size() > 0) {
                progress.says("goes on with " + archive.name() + ": "
                        + journal.have().size() + " of " + journal.size() + " bytes are here");
            }
            if (journal.have().size() < journal.size()) {
                Link link = new Link(http.sslContext(), archive.url(), archive.name(), journal.tag(), journal.size());
                new Download(link, file, journal, received, progress).run(settings.streams(), patience);
            }
            hashing.begin();
            if (rest != null) {
                tellIfLong(archive, rest);
                Followers.result(rest);
            }
            return hashing.result();
        }
    }

    /** Both hashes, each in a thread of its own. */
    private static final class Hashing {
        private final Followers followers;
        private Future<String> sha1;
        private Future<String> sha256;

        Hashing(Followers followers) {
            this.followers = followers;
        }

        /** Does nothing the second time. */
        void begin() {
            if (sha1 == null) {
                sha1 = followers.add(Hashes::sha1);
                sha256 = followers.add(Hashes::sha256);
            }
        }

        Hashes result() throws IOException, InterruptedException {
            return new Hashes(Followers.result(sha1), Followers.result(sha256));
        }
    }

    private void tellIfLong(Archive archive, Future<Void> rest) throws IOException, InterruptedException {
        try {
            rest.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            progress.says("all of " + archive.name() + " is here; unpacks the rest of it");
        } catch (ExecutionException e) {
            return; // told by whoever asks for the result
        }
    }
}
