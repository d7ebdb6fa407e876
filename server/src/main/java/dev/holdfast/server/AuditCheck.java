package dev.holdfast.server;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.server.access.SecretsKey;
import dev.holdfast.server.audit.AuditReport;
import dev.holdfast.server.audit.AuditVerification;
import dev.holdfast.server.audit.HeadKey;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.List;

/** Walks along the audit trail of a data directory; also beside a server, and without its store. */
public final class AuditCheck {
    private AuditCheck() {}

    /**
     * Walks.
     *
     * @param expected {@code SEQ:HASH} that an earlier walk printed, null for none
     * @throws Unavailable if there is no {@code secrets.key}: making one here would hide that it is lost
     */
    public static AuditReport run(DataDirectory data, ServerConfig config, String expected, SecureRandom random) {
        if (Files.notExists(data.secrets())) {
            throw new Unavailable("there is no " + data.secrets()
                    + "\nHINT: bring it back; the end of the audit trail cannot be checked without it.");
        }
        SecretsKey secrets = SecretsKey.open(data.secrets(), random);
        DatabaseConfig rows = config.database() == null ? DatabaseConfig.sqlite(data.database()) : config.database();
        try (Database database = Database.open(rows, ServerWiring.MIGRATIONS)) {
            return new AuditVerification(database, headKeys(secrets)).run(expected);
        }
    }

    static List<HeadKey> headKeys(SecretsKey secrets) {
        return secrets.derived("holdfast audit head", "HmacSHA256").stream()
                .map(key -> new HeadKey(key.id(), key.key()))
                .toList();
    }
}
