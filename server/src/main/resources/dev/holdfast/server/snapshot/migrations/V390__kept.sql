-- The snapshots that are kept. Rows of deleted ones stay, and in time there are many more of them.
CREATE INDEX snapshot_kept ON snapshot (group_id, cluster_id, created) WHERE deleted IS NULL;
