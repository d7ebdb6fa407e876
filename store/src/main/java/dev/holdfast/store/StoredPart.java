package dev.holdfast.store;

import dev.holdfast.contract.id.PartId;

/** A committed part. Immutable and safe for several threads; holds no open file, so it need not be closed. */
public interface StoredPart {
    /** Its id. */
    PartId id();

    /** Its figures. */
    PartSummary summary();

    /** Bytes that the name of the archive's top folder must have, fixed at commit. */
    int topFolderLength();

    /**
     * The part as a {@code .tar.gz}: a virtual file that is never written anywhere.
     *
     * @param topFolder name of the one top folder; must have the length that was fixed at commit
     */
    Archive archive(String topFolder);
}
