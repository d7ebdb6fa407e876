package dev.holdfast.server.delivery;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * How many answers are sent at the same time: in all, to one address, and of one link. Without the latter two, a single
 * client with many connections would take every place, and everybody else's restore would wait for it.
 */
final class Places {
    private final int inAll;
    private final int perClient;
    private final int perLink;
    private final Map<InetAddress, Integer> ofClients = new HashMap<>();
    private final Map<String, Integer> ofLinks = new HashMap<>();
    private int taken;

    Places(int inAll, int perClient, int perLink) {
        this.inAll = inAll;
        this.perClient = perClient;
        this.perLink = perLink;
    }

    /** A place that was taken; given back once, however often that is said. */
    final class Place {
        private final InetAddress client;
        private final String link;
        private boolean left;

        private Place(InetAddress client, String link) {
            this.client = client;
            this.link = link;
        }

        void leave() {
            synchronized (Places.this) {
                if (!left) {
                    left = true;
                    taken--;
                    ofClients.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
                    ofLinks.computeIfPresent(link, (key, count) -> count == 1 ? null : count - 1);
                }
            }
        }
    }

    /**
     * Takes a place; null when there is none.
     *
     * @param link whatever is the same for all requests of one link and cannot be said by anybody else
     */
    synchronized Place take(InetAddress client, String link) {
        if (taken >= inAll
                || ofClients.getOrDefault(client, 0) >= perClient
                || ofLinks.getOrDefault(link, 0) >= perLink) {
            return null;
        }
        taken++;
        ofClients.merge(client, 1, Integer::sum);
        ofLinks.merge(link, 1, Integer::sum);
        return new Place(client, link);
    }

    /** Places that are taken. */
    synchronized int taken() {
        return taken;
    }
}
