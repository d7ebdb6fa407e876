package dev.holdfast.store.repair;

import java.util.Locale;

/**
 * One damaged file, and what can be done.
 *
 * @param blob its name
 * @param what what is wrong
 * @param source where good bytes are, null if there are none
 * @param segments how many segments are bad, 0 if the file is taken whole
 */
public record Mending(String blob, String what, Source source, int segments) {
    /** Where good bytes come from. */
    public enum Source {
        /** The whole file from the replica. */
        REPLICA,
        /** Single segments from the replica and from other packs of the store. */
        SEGMENTS
    }

    /** Whether it can be mended. */
    public boolean isPossible() {
        return source != null;
    }

    /** One line. */
    @Override
    public String toString() {
        if (source == null) {
            return "CANNOT MEND " + blob + ": " + what;
        }
        return String.format(
                Locale.ROOT,
                "MEND %s %s: %s",
                blob,
                source == Source.REPLICA ? "whole from the other store" : "by " + segments + " segments",
                what);
    }
}
