-- Whether a part's time is that of an oplog entry, as whoever captured it said; else it is the start of the capture.
ALTER TABLE snapshot_part ADD COLUMN timestamp_known INTEGER NOT NULL DEFAULT 0;

-- A point that a whole sharded cluster can be restored to: a complete snapshot, all of whose parts end in one second of
-- their oplogs. seconds: that second, since the epoch. completed: when the snapshot was.
CREATE TABLE snapshot_checkpoint (
    id          TEXT PRIMARY KEY,
    group_id    TEXT NOT NULL,
    cluster_id  TEXT NOT NULL,
    snapshot_id TEXT NOT NULL UNIQUE REFERENCES snapshot (id),
    seconds     BIGINT NOT NULL,
    completed   BIGINT NOT NULL
);
CREATE INDEX snapshot_checkpoint_cluster ON snapshot_checkpoint (group_id, cluster_id, seconds);
