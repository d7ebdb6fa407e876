-- owner_id: the cluster in whose snapshot it is, null for a job that was asked for on a host alone.
-- cluster_id or host_id: what is restored. state: what was decided here; what became of the bytes is asked of delivery.
CREATE TABLE restore_job (
    id                  TEXT PRIMARY KEY,
    group_id            TEXT NOT NULL,
    batch_id            TEXT,
    owner_id            TEXT,
    cluster_id          TEXT,
    host_id             TEXT,
    snapshot_id         TEXT NOT NULL,
    part_id             TEXT NOT NULL,
    state               TEXT NOT NULL,
    created             BIGINT NOT NULL,
    max_downloads       INTEGER NOT NULL,
    expiration_hours    BIGINT NOT NULL,
    expires             BIGINT NOT NULL,
    timestamp_seconds   BIGINT NOT NULL,
    timestamp_increment BIGINT NOT NULL,
    encryption_enabled  INTEGER NOT NULL,
    master_key_uuid     TEXT
);
CREATE INDEX restore_job_owner ON restore_job (owner_id, created, id);
CREATE INDEX restore_job_cluster ON restore_job (cluster_id, created, id);
CREATE INDEX restore_job_host ON restore_job (host_id, created, id);
CREATE INDEX restore_job_batch ON restore_job (batch_id);
