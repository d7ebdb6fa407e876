-- Restores that were made to see whether they work. touched: last sign of life while state is RUNNING.
CREATE TABLE drill (
    id          TEXT PRIMARY KEY,
    group_id    TEXT NOT NULL,
    snapshot_id TEXT NOT NULL,
    state       TEXT NOT NULL,
    started     BIGINT NOT NULL,
    touched     BIGINT NOT NULL,
    ended       BIGINT,
    files       BIGINT NOT NULL,
    bytes       BIGINT NOT NULL,
    wired_tiger TEXT,
    message     TEXT
);
CREATE INDEX drill_snapshot ON drill (snapshot_id, started);
