package dev.holdfast.database;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Brings the tables of every room up to date, forward only. */
final class Migrations {
    private Migrations() {}

    static void run(DataSource source, List<String> folders) {
        if (folders.isEmpty()) {
            return;
        }
        try {
            Flyway flyway = Flyway.configure()
                    .dataSource(source)
                    .locations(folders.stream()
                            .map(folder -> "classpath:" + folder)
                            .toArray(String[]::new))
                    // rooms number their migrations in one sequence, but a room may be added later
                    .outOfOrder(true)
                    // one that we do not know is refused, not ignored
                    .ignoreMigrationPatterns("*:pending")
                    .load();
            refuseNewer(flyway.info().all());
            flyway.migrate();
        } catch (FlywayValidateException e) {
            throw new DatabaseTrouble(
                    "the database was written by another version of Holdfast: " + e.getMessage()
                            + "\nHINT: start the version that wrote it, or a newer one.",
                    e);
        } catch (FlywayException e) {
            throw DatabaseTrouble.of(e);
        }
    }

    /**
     * A migration that was applied and that we do not have is a newer version's: what it did to the rows we cannot know.
     * Asked before anything is changed, and in our own words, for Flyway's advice (repair) would lose data.
     */
    private static void refuseNewer(MigrationInfo[] all) {
        String unknown = Arrays.stream(all)
                .filter(one -> one.getState().isApplied() && !one.getState().isResolved())
                .filter(one -> one.getVersion() != null)
                .map(one -> one.getVersion() + " (" + one.getDescription() + ")")
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw new DatabaseTrouble(
                    "the database was written by another version of Holdfast, a newer one: it has migration " + unknown
                            + ", which this one does not know. Nothing was changed."
                            + "\nHINT: start the version that wrote it, or a newer one. To go back, bring back the copy of"
                            + " the database that was made before the upgrade (docs/operations.md).",
                    null);
        }
    }
}
