package dev.holdfast.server.audit;

import dev.holdfast.database.DatabaseConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteAuditTest extends AuditContract {
    @TempDir
    private Path directory;

    @Override
    DatabaseConfig config() {
        return DatabaseConfig.sqlite(directory.resolve("rows.db"));
    }
}
