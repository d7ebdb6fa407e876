package dev.holdfast.cli.fetch;

/**
 * How to fetch.
 *
 * @param streams ranges at once, 1 to 16
 * @param retries attempts in a row without a single byte before it gives up
 * @param hashMillis how long to wait for the job to show the hash, which the server computes
 * @param hashMeanwhile whether to hash while bytes come in, and not afterwards: where processors are few, hashing would
 *     keep the link waiting
 */
public record FetchSettings(int streams, int retries, long hashMillis, boolean hashMeanwhile) {
    /** What is good unless said. */
    public static final FetchSettings USUAL = new FetchSettings(4, 10, 60_000);

    /** Hashes meanwhile. */
    public FetchSettings(int streams, int retries, long hashMillis) {
        this(streams, retries, hashMillis, true);
    }

    /** The same on a machine with so many processors. */
    public FetchSettings on(int processors) {
        return new FetchSettings(streams, retries, hashMillis, processors > streams);
    }
}
