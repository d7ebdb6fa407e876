-- the backup of a replica set or a whole sharded cluster; a cluster without a row is INACTIVE with every default
CREATE TABLE backup_config (
    cluster_id      TEXT PRIMARY KEY,
    group_id        TEXT NOT NULL,
    status          TEXT NOT NULL,
    storage_engine  TEXT,
    auth_mechanism  TEXT NOT NULL,
    username        TEXT,
    ssl             INTEGER NOT NULL,
    encryption      INTEGER NOT NULL,
    sync_source     TEXT,
    excluded        TEXT NOT NULL,
    included        TEXT NOT NULL
);
CREATE INDEX backup_config_group ON backup_config (group_id);

CREATE TABLE snapshot_schedule (
    cluster_id          TEXT PRIMARY KEY,
    group_id            TEXT NOT NULL,
    interval_hours      INTEGER NOT NULL,
    retention_days      INTEGER NOT NULL,
    daily_days          INTEGER NOT NULL,
    weekly_weeks        INTEGER NOT NULL,
    monthly_months      INTEGER NOT NULL,
    window_hours        INTEGER NOT NULL,
    checkpoint_minutes  INTEGER,
    reference_minute    INTEGER NOT NULL,
    zone                TEXT NOT NULL,
    full_day            TEXT NOT NULL
);

-- one snapshot that was due, or asked for; the key keeps two nodes from making one twice
CREATE TABLE snapshot_run (
    id           TEXT PRIMARY KEY,
    group_id     TEXT NOT NULL,
    cluster_id   TEXT NOT NULL,
    kind         TEXT NOT NULL,
    due          BIGINT NOT NULL,
    snapshot_id  TEXT NOT NULL,
    state        TEXT NOT NULL,
    daily_key    TEXT,
    weekly_key   TEXT,
    monthly_key  TEXT,
    begun        BIGINT NOT NULL,
    ended        BIGINT,
    reason       TEXT,
    UNIQUE (cluster_id, kind, due)
);
CREATE INDEX snapshot_run_state ON snapshot_run (state);

-- a member of the cluster and the work of capturing it; no assignment if nobody could be asked
CREATE TABLE snapshot_run_part (
    run_id         TEXT NOT NULL REFERENCES snapshot_run (id),
    position       INTEGER NOT NULL,
    cluster_id     TEXT,
    assignment_id  TEXT,
    PRIMARY KEY (run_id, position)
);
