package dev.holdfast.server.http;

/**
 * A handler for a caller who may be willing to wait ({@code Prefer: wait=N}, RFC 7240, section 4.3). It does its work
 * once, so that a POST makes its jobs once, and gives a {@link Prospect}, which is looked at again and again while the
 * caller waits. Enter it like any handler: {@code table.add(…, (PatientHandler) this::one)}.
 */
@FunctionalInterface
public interface PatientHandler extends Handler {
    /** Does what was asked for, as {@link Handler#answer} does, and tells where to look for what comes of it. */
    Prospect begin(Call call);

    /** The answer to a caller who does not wait. */
    @Override
    default Answer answer(Call call) {
        return begin(call).look(call.now()).answer();
    }
}
