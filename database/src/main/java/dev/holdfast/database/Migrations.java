package dev.holdfast.database;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Brings the tables of every room up to date, forward only. */
final class Migrations {
    private Migrations() {}

    static void run(DataSource source, List<String> folders) {
        if (folders.isEmpty()) {
            return;
        }
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations(folders.stream()
                            .map(folder -> "classpath:" + folder)
                            .toArray(String[]::new))
                    // rooms number their migrations in one sequence, but a room may be added later
                    .outOfOrder(true)
                    // a migration that we do not know was made by a newer version: refuse, do not guess
                    .ignoreMigrationPatterns("*:pending")
                    .load()
                    .migrate();
        } catch (FlywayValidateException e) {
            throw new DatabaseTrouble(
                    "the database was written by another version of Holdfast: " + e.getMessage()
                            + "\nHINT: start the version that wrote it, or a newer one.",
                    e);
        } catch (FlywayException e) {
            throw DatabaseTrouble.of(e);
        }
    }
}
