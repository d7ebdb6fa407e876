CREATE TABLE agent (
    group_id TEXT NOT NULL,
    name TEXT NOT NULL,
    instance TEXT NOT NULL,
    version TEXT NOT NULL,
    hosts TEXT NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    PRIMARY KEY (group_id, name)
);

CREATE TABLE assignment (
    id TEXT NOT NULL PRIMARY KEY,
    group_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    payload TEXT NOT NULL,
    created BIGINT NOT NULL,
    not_before BIGINT NOT NULL,
    not_after BIGINT NOT NULL,
    max_attempts INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    agent TEXT,
    instance TEXT,
    host_id TEXT,
    held_until BIGINT,
    step TEXT,
    done_bytes BIGINT NOT NULL,
    total_bytes BIGINT NOT NULL,
    result TEXT,
    reason TEXT,
    ended BIGINT
);

CREATE INDEX assignment_by_group ON assignment (group_id, state, created, id);

CREATE TABLE assignment_host (
    assignment_id TEXT NOT NULL REFERENCES assignment (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    host_id TEXT NOT NULL,
    PRIMARY KEY (assignment_id, host_id)
);
