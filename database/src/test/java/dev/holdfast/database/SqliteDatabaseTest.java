package dev.holdfast.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.database.testing.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteDatabaseTest extends DatabaseContract {
    @TempDir
    private Path folder;

    @Override
    Database open() {
        return TestDatabases.sqlite(folder, MIGRATIONS);
    }

    @Test
    void open_refusesTablesOfANewerVersion() {
        Path other = folder.resolve("newer.db");
        try (Database database = Database.open(DatabaseConfig.sqlite(other), MIGRATIONS)) {
            database.change(handle -> handle.execute("UPDATE flyway_schema_history SET version = '99'"));
        }
        assertThatThrownBy(() ->
                        Database.open(DatabaseConfig.sqlite(other), MIGRATIONS).close())
                .isInstanceOf(DatabaseTrouble.class)
                .hasMessageContaining("another version of Holdfast");
    }

    @Test
    void commits_areFsynced() {
        try (Database database = Database.open(DatabaseConfig.sqlite(folder.resolve("sync.db")), MIGRATIONS)) {
            int synchronous = database.write(handle -> handle.createQuery("PRAGMA synchronous")
                    .mapTo(Integer.class)
                    .one());
            assertThat(synchronous).as("2 is FULL").isEqualTo(2);
        }
    }
}
