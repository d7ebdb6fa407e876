package dev.holdfast.server.events;

import dev.holdfast.database.DatabaseConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteEventsTest extends EventsContract {
    @TempDir
    private Path directory;

    @Override
    DatabaseConfig config() {
        return DatabaseConfig.sqlite(directory.resolve("rows.db"));
    }
}
