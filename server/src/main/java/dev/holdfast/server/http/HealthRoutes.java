package dev.holdfast.server.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What may be asked without a key: whether the process works ({@code /healthz}, {@code /monitor/health}), whether it
 * should be sent requests ({@code /readyz}), and which version it is ({@code /api/private/unauth/version}, in the header
 * X-MongoDB-Service-Version, as MongoDB's own clients read it).
 */
public final class HealthRoutes implements Routes {
    private static final String HEALTH = "/healthz";
    private static final String MONITOR = "/monitor/health";
    private static final String READY = "/readyz";
    private static final String OK = "OK";

    private final Runnable check;
    private final Supplier<Map<String, String>> readiness;

    /**
     * {@code check} throws (Unavailable, DatabaseTrouble) when the server cannot work; the answer is 503 then. Ready is
     * what works.
     */
    public HealthRoutes(Runnable check) {
        this(check, () -> {
            check.run();
            return Map.of();
        });
    }

    /**
     * As {@link #HealthRoutes(Runnable)}.
     *
     * @param readiness what was looked at, each with {@code OK} or what is wrong with it, in words fit for anybody: no
     *     paths, no addresses
     */
    public HealthRoutes(Runnable check, Supplier<Map<String, String>> readiness) {
        this.check = check;
        this.readiness = readiness;
    }

    /** Whether a route is answered even while the server stops. */
    static boolean isAboutHealth(Route route) {
        return route != null
                && (route.pattern().equals(HEALTH)
                        || route.pattern().equals(MONITOR)
                        || route.pattern().equals(READY));
    }

    @Override
    public void addTo(RouteTable table) {
        Handler health = call -> {
            check.run();
            return Answer.ok(Map.of("status", OK));
        };
        table.add("GET", HEALTH, Need.NOTHING, health);
        table.add("GET", MONITOR, Need.NOTHING, health);
        table.add("GET", READY, Need.NOTHING, call -> ready());
        table.add("GET", "/api/private/unauth/version", Need.NOTHING, call -> Answer.ok(Map.of()));
    }

    private Answer ready() {
        Map<String, String> checks = readiness.get();
        boolean ready = checks.values().stream().allMatch(OK::equals);
        Map<String, Object> document = Map.of("status", ready ? OK : "NOT_READY", "checks", new TreeMap<>(checks));
        return new Answer(ready ? 200 : 503, document, Map.of());
    }
}
