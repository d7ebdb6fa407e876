package dev.holdfast.contract.segment;

import java.util.Locale;

/** How hard a segment is compressed. */
public enum SegmentLevel {
    /** Our own encoder: many times faster than zlib level 1 on WiredTiger pages, a few percent larger. */
    FAST,
    /** zlib level 6. */
    SMALL;

    /** The name in documents and settings: {@code fast}, {@code small}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The level with that name, or an {@link IllegalArgumentException} that lists them. */
    public static SegmentLevel of(String text) {
        for (SegmentLevel level : values()) {
            if (level.text().equals(text)) {
                return level;
            }
        }
        throw new IllegalArgumentException("segment level must be fast or small, not " + text);
    }
}
