package dev.holdfast.server.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.holdfast.contract.id.ClusterId;
import dev.holdfast.contract.id.GroupId;
import dev.holdfast.contract.publicapi.ApiJson;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** SQL of the table {@code backup_config}. */
final class BackupConfigTable {
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private BackupConfigTable() {}

    static void put(Handle tx, BackupConfig config) {
        tx.execute(
                "DELETE FROM backup_config WHERE cluster_id = ?",
                config.cluster().hex());
        tx.execute(
                "INSERT INTO backup_config (cluster_id, group_id, status, storage_engine, auth_mechanism, username,"
                        + " ssl, encryption, sync_source, excluded, included) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                config.cluster().hex(),
                config.group().hex(),
                config.status().name(),
                config.storageEngine(),
                config.auth().name(),
                config.username(),
                config.ssl() ? 1 : 0,
                config.encryption() ? 1 : 0,
                config.syncSource(),
                text(config.excluded()),
                text(config.included()));
    }

    static Optional<BackupConfig> find(Handle handle, GroupId group, ClusterId cluster) {
        return handle.createQuery("SELECT * FROM backup_config WHERE cluster_id = ? AND group_id = ?")
                .bind(0, cluster.hex())
                .bind(1, group.hex())
                .map((row, context) -> config(row))
                .findOne();
    }

    static List<BackupConfig> ofGroup(Handle handle, GroupId group) {
        return handle.createQuery("SELECT * FROM backup_config WHERE group_id = ?")
                .bind(0, group.hex())
                .map((row, context) -> config(row))
                .list();
    }

    static List<BackupConfig> ofGroups(Handle handle, List<GroupId> groups) {
        return handle.createQuery("SELECT * FROM backup_config WHERE group_id IN (<groups>)")
                .bindList("groups", groups.stream().map(GroupId::hex).toList())
                .map((row, context) -> config(row))
                .list();
    }

    /** Every backup that the scheduler has to do with. */
    static List<BackupConfig> active(Handle handle) {
        return handle.createQuery(
                        "SELECT * FROM backup_config WHERE status IN ('PROVISIONING', 'STARTED', 'TERMINATING')"
                                + " ORDER BY cluster_id")
                .map((row, context) -> config(row))
                .list();
    }

    /** Does nothing if somebody has moved it meanwhile. */
    static void move(Handle tx, ClusterId cluster, BackupStatus from, BackupStatus to) {
        tx.execute(
                "UPDATE backup_config SET status = ? WHERE cluster_id = ? AND status = ?",
                to.name(),
                cluster.hex(),
                from.name());
    }

    static boolean anyActive(Handle handle, GroupId group) {
        return handle.createQuery("SELECT COUNT(*) FROM backup_config WHERE group_id = ? AND status <> 'INACTIVE'")
                        .bind(0, group.hex())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private static BackupConfig config(ResultSet row) throws SQLException {
        return new BackupConfig(
                new GroupId(row.getString("group_id")),
                new ClusterId(row.getString("cluster_id")),
                BackupStatus.valueOf(row.getString("status")),
                row.getString("storage_engine"),
                AuthMechanism.valueOf(row.getString("auth_mechanism")),
                row.getString("username"),
                row.getInt("ssl") == 1,
                row.getInt("encryption") == 1,
                row.getString("sync_source"),
                texts(row.getString("excluded")),
                texts(row.getString("included")));
    }

    private static String text(List<String> texts) {
        return new String(ApiJson.write(texts, false), StandardCharsets.UTF_8);
    }

    private static List<String> texts(String json) {
        try {
            return List.copyOf(ApiJson.mapper().readValue(json, TEXTS));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a backup's row holds what is no list", e);
        }
    }
}
