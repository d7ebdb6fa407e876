package dev.holdfast.database;

import java.time.Clock;
import java.time.Duration;

/**
 * One holder's claim to a task that one node at a time should do. A holder that dies is replaced when its time is over.
 *
 * <p>It saves work; it does not protect anything: the clocks of two nodes may differ, and a holder that was stopped for
 * long does not know that its time is over. What must not happen twice needs a lock on its own rows.
 */
public final class Lease {
    /** Class path folder of its migration. */
    public static final String MIGRATIONS = "dev/holdfast/database/migrations";

    private final Database database;
    private final String name;
    private final String holder;
    private final Duration length;
    private final Clock clock;

    /**
     * A claim that is not made yet; does no I/O.
     *
     * @param name of the task
     * @param holder of the claim, different for each process
     * @param length how long it lasts from each {@link #take}
     */
    public Lease(Database database, String name, String holder, Duration length, Clock clock) {
        this.database = database;
        this.name = name;
        this.holder = holder;
        this.length = length;
        this.clock = clock;
    }

    /**
     * Takes the task, or keeps it for another time.
     *
     * @return false if another holder has it now
     * @throws DatabaseTrouble if the database does not answer
     */
    public boolean take() {
        long now = clock.millis();
        return database.write(tx -> tx.execute(
                        "INSERT INTO lease (name, holder, held_until) VALUES (?, ?, ?)"
                                + " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder,"
                                + " held_until = excluded.held_until"
                                + " WHERE lease.holder = excluded.holder OR lease.held_until <= ?",
                        name,
                        holder,
                        now + length.toMillis(),
                        now))
                == 1;
    }

    /**
     * Lets another holder have it at once; does nothing if this one has not got it.
     *
     * @throws DatabaseTrouble if the database does not answer
     */
    public void release() {
        database.change(tx -> tx.execute("DELETE FROM lease WHERE name = ? AND holder = ?", name, holder));
    }
}
