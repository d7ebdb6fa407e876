package dev.holdfast.server.http;

/** Answers one kind of request. Runs on a worker thread; may throw a Refusal, Unavailable or Corruption. */
@FunctionalInterface
public interface Handler {
    /** Answers {@code call}. */
    Answer answer(Call call);
}
