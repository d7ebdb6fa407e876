package dev.holdfast.server.http;

import java.util.function.Function;

/**
 * A handler for a caller who may be willing to wait ({@code Prefer: wait=N}, RFC 7240, section 4.3). It does its work
 * once, so that a POST makes its jobs once, and gives a {@link Prospect}, which is looked at again and again while the
 * caller waits.
 *
 * @param begin does what was asked for, as {@link Handler#answer} does, and tells where to look for what comes of it
 */
public record PatientHandler(Function<Call, Prospect> begin) implements Handler {
    /** The answer to a caller who does not wait. */
    @Override
    public Answer answer(Call call) {
        return begin.apply(call).look(call.now()).answer();
    }
}
