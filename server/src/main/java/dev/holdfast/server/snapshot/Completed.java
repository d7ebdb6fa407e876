package dev.holdfast.server.snapshot;

import dev.holdfast.contract.publicapi.ErrorCode;
import dev.holdfast.contract.trouble.Refusal;
import dev.holdfast.server.http.Call;
import java.util.Locale;

/** Which snapshots a list shall have, by whether they are complete in the view that is listed. */
public enum Completed {
    /** Only complete ones; the default, for scripts restore {@code results[0]}. */
    TRUE,
    /** Only those that are being built, or were left unfinished. */
    FALSE,
    /** Both. */
    ALL;

    /**
     * The query parameter {@code completed}.
     *
     * @throws Refusal INVALID_QUERY_PARAMETER for anything but true, false and all
     */
    static Completed of(Call call) {
        String text = call.query("completed");
        if (text == null) {
            return TRUE;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> TRUE;
            case "false" -> FALSE;
            case "all" -> ALL;
            default -> throw new Refusal(ErrorCode.INVALID_QUERY_PARAMETER, "completed");
        };
    }
}
