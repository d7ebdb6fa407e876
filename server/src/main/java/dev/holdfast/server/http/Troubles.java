package dev.holdfast.server.http;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.publicapi.ErrorJson;
import dev.holdfast.contract.trouble.Corruption;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.database.DatabaseTrouble;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Turns what was thrown into an error document. Refusals are the caller's affair; all else is ours: it is logged under
 * an id that the answer bears too, and the answer says nothing of its inside.
 */
final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    /** Under which the log has the request's id. */
    static final String LOG_KEY = "request";

    private static final String RETRY_SECONDS = "5";

    /** Room is made by people or by a sweep, not within seconds. */
    private static final String FULL_RETRY_SECONDS = "60";

    private static final String REQUEST_ID = "X-Request-Id";

    private Troubles() {}

    /**
     * The answer for {@code trouble}; {@code what} names the route for the log and {@code ids} the request. A 401 still
     * lacks its challenge.
     */
    static Answer answer(Throwable trouble, String what, Supplier<String> ids) {
        if (trouble instanceof Refusal refusal) {
            return new Answer(refusal.code().status(), refusal.document(), Map.of());
        }
        if (trouble instanceof Gate.Unauthenticated) {
            return unauthenticated();
        }
        if (trouble instanceof StatusRefusal refusal) {
            return new Answer(
                    refusal.status(), ErrorJson.ofStatus(refusal.status(), refusal.getMessage()), refusal.headers());
        }
        if (trouble instanceof Rates.Exceeded exceeded) {
            return exceeded.answer();
        }
        String id = ids.get();
        try (MDC.MDCCloseable named = MDC.putCloseable(LOG_KEY, id)) {
            return ours(trouble, what, id);
        }
    }

    private static Answer ours(Throwable trouble, String what, String id) {
        if (trouble instanceof Unavailable full && full.isFull()) {
            LOG.warn("NO ROOM LEFT: request {} ({}): {}", id, what, trouble.getMessage(), trouble);
            String detail =
                    full.toCaller() + "; what it has is safe, and can be restored. Make room on its disk, or delete"
                            + " snapshots and sweep, then try again. Request id: " + id + ".";
            return new Answer(
                    507, ErrorJson.ofStatus(507, detail), Map.of("Retry-After", FULL_RETRY_SECONDS, REQUEST_ID, id));
        }
        if (trouble instanceof Unavailable || trouble instanceof DatabaseTrouble) {
            LOG.warn("request {} ({}) cannot be answered now: {}", id, what, trouble.getMessage(), trouble);
            String reason = trouble instanceof Unavailable known ? known.toCaller() : "The server cannot answer now";
            return new Answer(
                    503,
                    ErrorJson.ofStatus(503, reason + "; nothing was changed. Try again. Request id: " + id + "."),
                    Map.of("Retry-After", RETRY_SECONDS, REQUEST_ID, id));
        }
        if (trouble instanceof Corruption corruption) {
            LOG.error(
                    "DAMAGED DATA: request {} ({}): {}\nHINT: run holdfast verify; do not delete anything before.",
                    id,
                    what,
                    corruption.getMessage(),
                    corruption);
        } else {
            LOG.error("request {} ({}) failed", id, what, trouble);
        }
        return new Answer(
                500,
                ErrorJson.of(
                        ErrorCode.UNEXPECTED_ERROR,
                        "An unexpected error occurred. The server's log has more under the request id " + id + ".",
                        List.of()),
                Map.of(REQUEST_ID, id));
    }

    /** The documented code in an error document, null when it has none. */
    static String codeOf(Answer answer) {
        return answer.document() instanceof ErrorJson error ? error.errorCode() : null;
    }

    /** The refusal of new work while the server lets go of the old. */
    static StatusRefusal stopping() {
        return new StatusRefusal(503, "The server is stopping. Try again later.", Map.of("Retry-After", RETRY_SECONDS));
    }

    /** The document of a request that proves nobody. */
    static Answer unauthenticated() {
        return new Answer(401, new Refusal(ErrorCode.NO_CURRENT_USER).document(), Map.of());
    }

    /** The refusal of work that no worker is free for. */
    static StatusRefusal overloaded() {
        return new StatusRefusal(
                503,
                "The server has more requests than it can work on. Try again later.",
                Map.of("Retry-After", RETRY_SECONDS));
    }
}
