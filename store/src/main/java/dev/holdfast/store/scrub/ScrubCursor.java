package dev.holdfast.store.scrub;

import java.util.Comparator;
import java.util.Optional;

/**
 * Where a round through a store stands: everything up to this was read. A round goes stage by stage, in each by name.
 *
 * @param stage the stage
 * @param name the last name that was read in it, empty before the first
 */
public record ScrubCursor(Stage stage, String name) implements Comparable<ScrubCursor> {
    /** The beginning of a round. */
    public static final ScrubCursor START = new ScrubCursor(Stage.PACKS, "");

    private static final Comparator<ScrubCursor> ORDER =
            Comparator.comparing(ScrubCursor::stage).thenComparing(ScrubCursor::name);

    /** What is read one after the other. */
    public enum Stage {
        /** Packs, whole. */
        PACKS,
        /** Runs of block indices. */
        RUNS,
        /** Records of where packs went that were repacked. */
        FORWARDS,
        /** Pages of manifests. */
        PAGES,
        /** Parts: root and pages, and whether the packs have what those pin. */
        PARTS
    }

    /** The unit that is a part. */
    public static ScrubCursor of(Damage.Part part) {
        return new ScrubCursor(Stage.PARTS, part.project() + "/" + part.id());
    }

    @Override
    public int compareTo(ScrubCursor other) {
        return ORDER.compare(this, other);
    }

    /** As text, {@code STAGE:NAME}. */
    @Override
    public String toString() {
        return stage + ":" + name;
    }

    /** Reads {@link #toString} back; empty for anything else. */
    public static Optional<ScrubCursor> parse(String text) {
        for (Stage stage : Stage.values()) {
            if (text.startsWith(stage + ":")) {
                return Optional.of(
                        new ScrubCursor(stage, text.substring(stage.name().length() + 1)));
            }
        }
        return Optional.empty();
    }
}
