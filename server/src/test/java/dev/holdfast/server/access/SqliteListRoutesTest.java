package dev.holdfast.server.access;

import dev.holdfast.database.DatabaseConfig;
import java.nio.file.Path;

final class SqliteListRoutesTest extends ListRoutesContract {
    @Override
    DatabaseConfig config(Path folder) {
        return DatabaseConfig.sqlite(folder.resolve("holdfast.db"));
    }
}
