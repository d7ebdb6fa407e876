package dev.holdfast.server.ui;

import io.vertx.core.http.HttpServerResponse;

/** The headers that say what a page may do: nothing but run, show and ask what comes from here. */
final class Guards {
    /** Nothing inline, nothing from elsewhere, no frame around it; forms are sent by scripts. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private Guards() {}

    static void put(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", POLICY)
                // a script is what we say is one, not what a browser takes for one
                .putHeader("X-Content-Type-Options", "nosniff")
                // an address has ids of projects and jobs in it
                .putHeader("Referrer-Policy", "no-referrer")
                // the same as frame-ancestors, for what does not know that
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    }
}
