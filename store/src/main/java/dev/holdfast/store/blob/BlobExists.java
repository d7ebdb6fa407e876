package dev.holdfast.store.blob;

/** A blob of that name is already there; it was not changed. */
public final class BlobExists extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Names it. */
    public BlobExists(String name) {
        super("there is a blob " + name + " already");
    }
}
