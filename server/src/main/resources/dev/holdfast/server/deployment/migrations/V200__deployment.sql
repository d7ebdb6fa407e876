-- "group" is a word of SQL, so the API's groups are projects here
CREATE TABLE project (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,
    org_id  TEXT NOT NULL,
    created BIGINT NOT NULL
);

CREATE TABLE cluster (
    id               TEXT PRIMARY KEY,
    group_id         TEXT NOT NULL REFERENCES project (id),
    type             TEXT NOT NULL,
    cluster_name     TEXT NOT NULL,
    replica_set_name TEXT,
    shard_name       TEXT,
    parent_id        TEXT REFERENCES cluster (id),
    created          BIGINT NOT NULL,
    last_heartbeat   BIGINT
);
CREATE INDEX cluster_group ON cluster (group_id);
-- members bear the parent's name, so only the others need one of their own
CREATE UNIQUE INDEX cluster_own_name ON cluster (group_id, cluster_name) WHERE parent_id IS NULL;
CREATE UNIQUE INDEX cluster_shard_name ON cluster (parent_id, shard_name);

CREATE TABLE host (
    id               TEXT PRIMARY KEY,
    group_id         TEXT NOT NULL REFERENCES project (id),
    cluster_id       TEXT REFERENCES cluster (id),
    hostname         TEXT NOT NULL,
    port             INTEGER NOT NULL,
    type             TEXT NOT NULL,
    version          TEXT,
    replica_set_name TEXT,
    shard_name       TEXT,
    config_order     INTEGER,
    created          BIGINT NOT NULL,
    last_ping        BIGINT
);
CREATE INDEX host_group ON host (group_id);
CREATE UNIQUE INDEX host_config_order ON host (cluster_id, config_order);
