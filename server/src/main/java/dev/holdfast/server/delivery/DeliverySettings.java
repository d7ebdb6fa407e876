package dev.holdfast.server.delivery;

import java.time.Duration;

/**
 * What an operator may change about downloads.
 *
 * @param retries how many more times the size of the archive may be sent per permitted download, for clients that were
 *     cut and begin again; 0 or more
 * @param grace how long after a link's expiry a download that began in time may go on
 * @param tailWindow how long after the last permitted download the end of the archive may be asked for again
 * @param tailBytes how much of the end that is
 * @param stall how long a client may take nothing before it is cut off
 * @param maxStreams answers that are sent at the same time by this process; more get 503
 * @param maxPerClient how many of them to one address
 * @param maxPerLink how many of them of one link
 * @param slabBytes bytes read from the store and written to the socket in one piece
 * @param slabsAhead pieces of one answer that may wait for the socket, at least 2
 * @param hashAtOnce archives up to this size are hashed when their link is made, larger ones with the first download
 * @param hashWait how long a question about a downloaded link waits for the hash
 * @param node name of this process that stays the same when it starts again, and differs from other nodes'
 */
public record DeliverySettings(
        double retries,
        Duration grace,
        Duration tailWindow,
        long tailBytes,
        Duration stall,
        int maxStreams,
        int maxPerClient,
        int maxPerLink,
        int slabBytes,
        int slabsAhead,
        long hashAtOnce,
        Duration hashWait,
        String node) {
    /** What holds when nothing is set. */
    public static final DeliverySettings DEFAULTS = new DeliverySettings(
            2.0,
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            16L << 20,
            Duration.ofMinutes(10),
            64,
            16,
            16,
            512 << 10,
            4,
            1L << 30,
            Duration.ofSeconds(2),
            "local");

    /** Checks the bounds. */
    public DeliverySettings {
        require(retries >= 0 && retries <= 1_000_000, "retries", retries);
        require(!grace.isNegative(), "grace", grace);
        require(!tailWindow.isNegative(), "tailWindow", tailWindow);
        require(tailBytes >= 0, "tailBytes", tailBytes);
        require(stall.toMillis() >= 1, "stall", stall);
        require(maxStreams >= 1, "maxStreams", maxStreams);
        require(maxPerClient >= 1, "maxPerClient", maxPerClient);
        require(maxPerLink >= 1, "maxPerLink", maxPerLink);
        require(slabBytes >= 1, "slabBytes", slabBytes);
        require(slabsAhead >= 2, "slabsAhead", slabsAhead);
        require(hashAtOnce >= 0, "hashAtOnce", hashAtOnce);
        require(!hashWait.isNegative(), "hashWait", hashWait);
        require(!node.isEmpty(), "node", node);
    }

    /** The same under another node's name. */
    public DeliverySettings withNode(String name) {
        return new DeliverySettings(
                retries,
                grace,
                tailWindow,
                tailBytes,
                stall,
                maxStreams,
                maxPerClient,
                maxPerLink,
                slabBytes,
                slabsAhead,
                hashAtOnce,
                hashWait,
                name);
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("delivery " + name + " is out of bounds: " + value);
        }
    }
}
