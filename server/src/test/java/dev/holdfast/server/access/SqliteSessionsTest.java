package dev.holdfast.server.access;

import dev.holdfast.database.DatabaseConfig;
import java.nio.file.Path;

final class SqliteSessionsTest extends SessionsContract {
    @Override
    DatabaseConfig config(Path folder) {
        return DatabaseConfig.sqlite(folder.resolve("holdfast.db"));
    }
}
