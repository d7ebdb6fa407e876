package dev.holdfast.database;

/** The database does not answer, stays locked, is full, or refused a statement. Nothing of the work was done. */
public final class DatabaseTrouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    DatabaseTrouble(String message, Throwable cause) {
        super(message, cause);
    }

    static DatabaseTrouble of(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new DatabaseTrouble("database: " + root.getMessage(), e);
    }
}
