package dev.holdfast.documentation.link;

/**
 * Where a link leads.
 *
 * @param kind what is there
 * @param href what to write into the page; empty for {@link Kind#SOURCE} and {@link Kind#BROKEN}
 * @param what for {@link Kind#SOURCE} and {@link Kind#FILE} the path from the root of the project; for
 *     {@link Kind#BROKEN} why
 */
public record Destination(Kind kind, String href, String what) {
    /** What a link leads to. */
    public enum Kind {
        /** A page of the site. */
        PAGE,
        /** A file that is laid beside the pages. */
        FILE,
        /** A file of the project that is not part of the site. */
        SOURCE,
        /** Another site. */
        WORLD,
        /** Nothing. */
        BROKEN
    }
}
