CREATE TABLE snapshot (
    id               TEXT PRIMARY KEY,
    group_id         TEXT NOT NULL,
    cluster_id       TEXT NOT NULL,
    created          BIGINT NOT NULL,
    expires          BIGINT,
    do_not_delete    INTEGER NOT NULL,
    cluster_complete INTEGER NOT NULL,
    deleted          BIGINT
);
CREATE INDEX snapshot_owner ON snapshot (group_id, cluster_id, created);

-- slot: which member of the cluster the part is of; a snapshot has one part per member, and one config part
CREATE TABLE snapshot_part (
    id                  TEXT PRIMARY KEY,
    snapshot_id         TEXT NOT NULL REFERENCES snapshot (id),
    slot                TEXT NOT NULL,
    position            INTEGER NOT NULL,
    type                TEXT NOT NULL,
    cluster_id          TEXT,
    host_id             TEXT,
    replica_set_name    TEXT,
    mongod_version      TEXT,
    timestamp_seconds   BIGINT NOT NULL,
    timestamp_increment BIGINT NOT NULL,
    storage_engine      TEXT,
    mongod_options      TEXT,
    encryption_enabled  INTEGER NOT NULL,
    master_key_uuid     TEXT,
    committed           BIGINT,
    files               BIGINT NOT NULL,
    plain_bytes         BIGINT NOT NULL,
    stored_bytes        BIGINT NOT NULL,
    new_bytes           BIGINT NOT NULL,
    archive_bytes       BIGINT NOT NULL
);
CREATE UNIQUE INDEX snapshot_part_slot ON snapshot_part (snapshot_id, slot);
CREATE INDEX snapshot_part_cluster ON snapshot_part (cluster_id);
CREATE INDEX snapshot_part_host ON snapshot_part (host_id);
