package dev.holdfast.dist.doctor;

import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.database.DatabaseLook;
import dev.holdfast.database.DatabaseTrouble;
import dev.holdfast.server.ServerWiring;
import java.util.ArrayList;
import java.util.List;

/** Whether the rows can be read, are sound, and fit this version of the program. */
final class DatabaseCheck implements Check {
    private static final String ABOUT = "database";

    static DatabaseConfig config(Patient patient) {
        return patient.settings().database() == null
                ? DatabaseConfig.sqlite(patient.directory().database())
                : patient.settings().database();
    }

    /** The rows as they are, if this program can read them; else null. */
    static DatabaseLook readable(Patient patient) {
        try {
            DatabaseLook look = DatabaseLook.at(config(patient), ServerWiring.MIGRATIONS);
            boolean fits = look.foreign().isEmpty()
                    && look.failed().isEmpty()
                    && look.damage().isEmpty()
                    && look.pending() == 0;
            return fits ? look : null;
        } catch (DatabaseTrouble e) {
            return null;
        }
    }

    @Override
    public List<Finding> look(Patient patient) {
        DatabaseLook look;
        try {
            look = DatabaseLook.at(config(patient), ServerWiring.MIGRATIONS);
        } catch (DatabaseTrouble e) {
            return List.of(Finding.of(
                    ABOUT,
                    Level.FAIL,
                    e,
                    patient.settings().database() == null
                            ? "bring holdfast.db back from a backup. Rows in PostgreSQL need the --config that serve has."
                            : "is PostgreSQL up, and are database.url, database.user and database.password right?"));
        }
        List<Finding> found = new ArrayList<>();
        if (!look.damage().isEmpty()) {
            found.add(Finding.fail(
                    ABOUT,
                    "the rows are damaged: " + String.join("; ", look.damage()),
                    "stop the server, and bring " + patient.directory().database() + " back from a backup."));
        }
        if (!look.failed().isEmpty()) {
            found.add(Finding.fail(
                    ABOUT,
                    "an upgrade broke off at " + String.join(", ", look.failed()),
                    "bring the rows of before back."));
        }
        if (!look.foreign().isEmpty()) {
            found.add(Finding.fail(
                    ABOUT,
                    "a newer version of Holdfast wrote the rows: " + String.join(", ", look.foreign()),
                    "use that version, or a newer one."));
        }
        if (look.pending() > 0) {
            found.add(Finding.warn(
                    ABOUT,
                    look.pending() + " migrations are to be made",
                    "the next start of serve makes them; make a backup of the rows before."));
        }
        if (found.isEmpty()) {
            found.add(Finding.ok(
                    ABOUT,
                    look.product() + ": the rows are at the level of this version"
                            + (look.now() == null ? ", and quick_check finds nothing wrong" : "")));
        }
        return found;
    }
}
