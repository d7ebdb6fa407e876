package dev.holdfast.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.database.testing.TestDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseLookTest {
    @TempDir
    private Path folder;

    @Test
    void sqlite_isLookedAt_asItIs() {
        DatabaseConfig config = DatabaseConfig.sqlite(folder.resolve("rows.db"));
        assertThatThrownBy(() -> DatabaseLook.at(config, DatabaseContract.MIGRATIONS))
                .isInstanceOf(DatabaseTrouble.class)
                .hasMessageContaining("there is no database");
        assertThat(folder.resolve("rows.db")).as("looking makes none").doesNotExist();
        levels(config);
        assertThat(DatabaseLook.at(config, DatabaseContract.MIGRATIONS).now())
                .as("it has this machine's clock")
                .isNull();
    }

    @Test
    void postgres_isLookedAt_withItsClock() {
        Assumptions.assumeTrue(TestDatabases.postgresUrl().isPresent(), "HOLDFAST_TEST_POSTGRES is not set");
        DatabaseConfig config = TestDatabases.newPostgresSchema();
        levels(config);
        DatabaseLook look = DatabaseLook.at(config, DatabaseContract.MIGRATIONS);
        assertThat(look.product()).startsWith("PostgreSQL");
        assertThat(look.now()).isCloseTo(Instant.now(), org.assertj.core.api.Assertions.within(Duration.ofMinutes(5)));
    }

    @Test
    void fileThatIsNoDatabase_isSaidToBeNone() throws Exception {
        Path file =
                Files.writeString(folder.resolve("rows.db"), "no rows at all, but more than a header of it".repeat(9));
        assertThatThrownBy(() -> DatabaseLook.at(DatabaseConfig.sqlite(file), DatabaseContract.MIGRATIONS))
                .isInstanceOf(DatabaseTrouble.class);
    }

    /** Before and after the tables are made, and seen by a program that does not know them. */
    private static void levels(DatabaseConfig config) {
        Database.open(config, List.of()).close();
        DatabaseLook empty = DatabaseLook.at(config, DatabaseContract.MIGRATIONS);
        assertThat(empty.pending()).isEqualTo(2);
        assertThat(DatabaseLook.at(config, DatabaseContract.MIGRATIONS).pending())
                .as("looking makes no table")
                .isEqualTo(2);
        Database.open(config, DatabaseContract.MIGRATIONS).close();
        DatabaseLook made = DatabaseLook.at(config, DatabaseContract.MIGRATIONS);
        assertThat(made.pending()).isZero();
        assertThat(made.foreign()).isEmpty();
        assertThat(made.failed()).isEmpty();
        assertThat(made.damage()).isEmpty();
        assertThat(DatabaseLook.at(config, List.of("dev/holdfast/database/nothing"))
                        .foreign())
                .as("an older program")
                .hasSize(2);
    }
}
