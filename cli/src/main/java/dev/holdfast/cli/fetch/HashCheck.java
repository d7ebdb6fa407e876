package dev.holdfast.cli.fetch;

import dev.holdfast.cli.Pause;
import java.io.IOException;
import java.util.Optional;

/** Holds what is on the disk against what the server says. */
final class HashCheck {
    private static final long POLL_MILLIS = 1000;
    private static final long HASHED_BYTES_PER_MILLI = 50_000;
    private static final long LONGEST_MILLIS = 3_600_000;

    private final LinkProbe probe;
    private final long patienceMillis;
    private final Pause pause;
    private final Progress progress;

    HashCheck(LinkProbe probe, long patienceMillis, Pause pause, Progress progress) {
        this.probe = probe;
        this.patienceMillis = patienceMillis;
        this.pause = pause;
        this.progress = progress;
    }

    /**
     * What was found and what was promised.
     *
     * @param sha1 empty if the server shows none
     * @param sha256 empty if the server shows none
     */
    record Verdict(Hashes found, Optional<String> sha1, Optional<String> sha256) {
        boolean isRight() {
            return sha1.map(found.sha1()::equals).orElse(true)
                    && sha256.map(found.sha256()::equals).orElse(true);
        }

        /** Whether there was a hash to hold it against. */
        boolean isChecked() {
            return sha1.isPresent() || sha256.isPresent();
        }

        /** What is wrong, in words. */
        String words(String name) {
            return name + " has the SHA-1 " + found.sha1() + " and the SHA-256 " + found.sha256()
                    + ", but the server says " + sha1.orElse("nothing") + " and " + sha256.orElse("nothing");
        }
    }

    Verdict of(Hashes found, Archive archive, long size) throws IOException, InterruptedException {
        return new Verdict(found, promised(archive, size), probe.sha256(archive));
    }

    /**
     * The server hashes on its own time, longer for a larger archive. One that cannot be asked now may be asked a second
     * later; an archive is not let through because nobody answered.
     */
    private Optional<String> promised(Archive archive, long size) throws IOException, InterruptedException {
        long limit = patienceMillis + Math.min(LONGEST_MILLIS, size / HASHED_BYTES_PER_MILLI);
        for (long waited = 0; ; waited += POLL_MILLIS) {
            try {
                Optional<String> promised = archive.promised().sha1();
                if (promised.isPresent() || waited >= limit) {
                    return promised;
                }
            } catch (IOException e) {
                if (waited >= limit) {
                    throw e;
                }
            }
            if (waited == 0) {
                progress.says("waits for the server to show the hash of " + archive.name());
            }
            pause.millis(POLL_MILLIS);
        }
    }
}
