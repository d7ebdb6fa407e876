package dev.holdfast.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database must do; SQLite and PostgreSQL run the same file. */
abstract class DatabaseContract {
    static final List<String> MIGRATIONS = List.of("dev/holdfast/database/migrations");

    private Database database;

    /** Opens the database of this test, the same one each time. */
    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void write_isSeenByReaders() {
        put("a", "one");
        assertThat(body("a")).isEqualTo("one");
    }

    @Test
    void write_leavesNothing_whenItThrows() {
        assertThatThrownBy(() -> database.change(handle -> {
                    handle.execute("INSERT INTO note (id, body) VALUES ('a', 'one')");
                    throw new IllegalStateException("stop");
                }))
                .hasMessageContaining("stop");
        assertThat(count()).isZero();
    }

    @Test
    void databaseOfANewerVersion_isRefused_andNothingIsChanged() {
        put("a", "one");
        database.change(
                handle -> handle.execute("INSERT INTO flyway_schema_history (installed_rank, version, description,"
                        + " type, script, checksum, installed_by, installed_on, execution_time, success) SELECT 90, '777',"
                        + " 'from the future', type, 'V777__from_the_future.sql', checksum, installed_by, installed_on,"
                        + " execution_time, success FROM flyway_schema_history WHERE version IS NOT NULL LIMIT 1"));
        int before = history();
        assertThatThrownBy(() -> open().close())
                .isInstanceOf(DatabaseTrouble.class)
                .hasMessageContaining("another version of Holdfast, a newer one")
                .hasMessageContaining("777 (from the future)")
                .hasMessageContaining("HINT: start the version that wrote it");
        assertThat(history()).isEqualTo(before);
        assertThat(body("a")).isEqualTo("one");
    }

    private int history() {
        return database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM flyway_schema_history")
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void uniqueViolation_isRecognised() {
        put("a", "one");
        assertThatThrownBy(() -> put("a", "two"))
                .satisfies(e -> assertThat(database.isUniqueViolation(e)).isTrue());
        assertThat(body("a")).isEqualTo("one");
    }

    @Test
    void writersQueue_andNoUpdateIsLost() throws Exception {
        put("n", "0");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> work = IntStream.range(0, 80)
                    .mapToObj(i -> (Callable<Void>) () -> {
                        increment();
                        return null;
                    })
                    .toList();
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(body("n")).isEqualTo("80");
    }

    private void increment() {
        database.change(handle -> {
            String select =
                    "SELECT body FROM note WHERE id = 'n'" + database.dialect().forUpdate();
            int value = Integer.parseInt(
                    handle.createQuery(select).mapTo(String.class).one());
            handle.execute("UPDATE note SET body = ? WHERE id = 'n'", String.valueOf(value + 1));
        });
    }

    private void put(String id, String body) {
        database.change(handle -> handle.execute("INSERT INTO note (id, body) VALUES (?, ?)", id, body));
    }

    private String body(String id) {
        return database.read(handle -> handle.createQuery("SELECT body FROM note WHERE id = ?")
                .bind(0, id)
                .mapTo(String.class)
                .one());
    }

    private int count() {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM note")
                .mapTo(Integer.class)
                .one());
    }
}
