package dev.holdfast.server.access;

import dev.holdfast.contract.id.ObjectIds;
import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** The access room of one node, over a database and a secrets file that other nodes may share. */
final class Node implements AutoCloseable {
    static final List<String> MIGRATIONS = List.of("dev/holdfast/server/access/migrations");

    final Database database;
    final SecretsKey secrets;
    final Keys keys;
    final AgentKeys agentKeys;
    final Sessions sessions;
    final AccessGate gate;

    Node(DatabaseConfig config, Path secretsFile, AccessSettings settings) {
        this(config, secretsFile, settings, SessionWatch.NONE);
    }

    Node(DatabaseConfig config, Path secretsFile, AccessSettings settings, SessionWatch watch) {
        SecureRandom random = new SecureRandom();
        ObjectIds ids = new ObjectIds(Clock.systemUTC(), random);
        database = Database.open(config, MIGRATIONS);
        secrets = SecretsKey.open(secretsFile, random);
        keys = new Keys(database, secrets, ids, random);
        agentKeys = new AgentKeys(database, ids, random);
        sessions = new Sessions(database, keys, settings.sessions(), ids, random, watch);
        gate = new AccessGate(database, keys, sessions, agentKeys, secrets, settings, random);
    }

    @Override
    public void close() {
        database.close();
    }
}
