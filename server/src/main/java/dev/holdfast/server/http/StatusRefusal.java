package dev.holdfast.server.http;

import java.util.Map;

/**
 * A refusal that no documented error code exists for, for example 405, 406, 410, 413, 415: its document has only detail,
 * error and reason.
 */
public final class StatusRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Map<String, String> headers;

    /** Refuses with a 4xx or 5xx {@code status}; {@code detail} says what is wrong and what to do. */
    public StatusRefusal(int status, String detail) {
        this(status, detail, Map.of());
    }

    /** The same with further headers, for example Allow or Retry-After. */
    public StatusRefusal(int status, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a refusal's status is 400 to 599, not " + status);
        }
        this.status = status;
        this.headers = headers;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Further headers of the answer. */
    public Map<String, String> headers() {
        return headers == null ? Map.of() : headers;
    }
}
