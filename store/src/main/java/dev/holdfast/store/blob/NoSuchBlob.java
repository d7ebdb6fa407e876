package dev.holdfast.store.blob;

/** There is no blob of that name. */
public final class NoSuchBlob extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Names it. */
    public NoSuchBlob(String name) {
        super("there is no blob " + name);
    }
}
