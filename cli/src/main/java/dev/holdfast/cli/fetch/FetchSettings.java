package dev.holdfast.cli.fetch;

/**
 * How to fetch.
 *
 * @param streams ranges at once, 1 to 16
 * @param retries attempts in a row without a single byte before it gives up
 * @param hashMillis how long to wait for the job to show the hash, which the server computes
 */
public record FetchSettings(int streams, int retries, long hashMillis) {
    /** What is good unless said. */
    public static final FetchSettings USUAL = new FetchSettings(4, 10, 60_000);
}
