package dev.holdfast.contract.publicapi;

/**
 * A link of a document. {@code self} comes first in every array of links, for clients follow {@code links[0].href}.
 *
 * @param href absolute address
 * @param rel {@code self}, {@code next}, {@code previous}, or a relation that begins with {@link #PREFIX}
 */
public record Link(String href, String rel) {
    /** Begins every relation but self, next and previous. */
    public static final String PREFIX = "http://mms.mongodb.com/";

    /** A link to the document itself. */
    public static Link self(String href) {
        return new Link(href, "self");
    }

    /** A link to something related, for example {@code related("group", …)}. */
    public static Link related(String name, String href) {
        return new Link(href, PREFIX + name);
    }
}
