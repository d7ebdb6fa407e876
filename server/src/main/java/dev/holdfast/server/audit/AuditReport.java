package dev.holdfast.server.audit;

/**
 * What a walk along the chain found.
 *
 * @param records that hang together, from the first on
 * @param brokenAt number of the first record that does not, 0 when all do
 * @param why what is wrong with it, null when nothing is
 * @param head {@code SEQ:HASH} of the end of the chain, to be kept elsewhere
 */
public record AuditReport(long records, long brokenAt, String why, String head) {
    /** Whether the chain is as it was written. */
    public boolean whole() {
        return why == null;
    }
}
