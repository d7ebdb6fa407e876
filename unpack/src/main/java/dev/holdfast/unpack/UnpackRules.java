package dev.holdfast.unpack;

/**
 * How an archive is unpacked.
 *
 * @param ownership whose the files become; null for {@linkplain Ownership#asTar as tar does it}
 * @param foreign whether to take what other servers of the same API make, and Holdfast does not: GNU's long names, folders
 *     that are not named before what is in them
 * @param linksMayLeadOut whether a symbolic link may point to something outside of the archive; nothing is written through
 *     one in any case
 */
public record UnpackRules(Ownership ownership, boolean foreign, boolean linksMayLeadOut) {
    /** Holdfast's own archives, links as they were captured. */
    public static final UnpackRules OWN = new UnpackRules(null, false, true);
}
