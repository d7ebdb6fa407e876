package dev.holdfast.server.http;

import java.util.Map;

/**
 * What may be asked without a key: whether the server works ({@code /healthz}, {@code /monitor/health}) and which version
 * it is ({@code /api/private/unauth/version}, in the header X-MongoDB-Service-Version, as MongoDB's own clients read it).
 */
public final class HealthRoutes implements Routes {
    private final Runnable check;

    /** {@code check} throws (Unavailable, DatabaseTrouble) when the server cannot work; the answer is 503 then. */
    public HealthRoutes(Runnable check) {
        this.check = check;
    }

    @Override
    public void addTo(RouteTable table) {
        Handler health = call -> {
            check.run();
            return Answer.ok(Map.of("status", "OK"));
        };
        table.add("GET", "/healthz", Need.NOTHING, health);
        table.add("GET", "/monitor/health", Need.NOTHING, health);
        table.add("GET", "/api/private/unauth/version", Need.NOTHING, call -> Answer.ok(Map.of()));
    }
}
