package dev.holdfast.server.audit;

/**
 * The end of the chain.
 *
 * @param seq number of the last record, 0 before the first
 * @param hash its hash
 * @param seal says that we wrote this row; empty before the first record
 */
record AuditHead(long seq, String hash, String seal) {
    boolean untouched() {
        return seq == 0 && hash.equals(Chain.BEGINNING) && seal.isEmpty();
    }
}
