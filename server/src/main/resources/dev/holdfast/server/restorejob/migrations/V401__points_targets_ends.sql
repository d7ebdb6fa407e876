-- checkpoint_id, point_in_time: that it was asked for by a checkpoint, or by a time, and not by a snapshot.
-- target_*: where agents restore it to; null for a job whose archive is downloaded.
-- reason: why it was killed, for people.
ALTER TABLE restore_job ADD COLUMN checkpoint_id TEXT;
ALTER TABLE restore_job ADD COLUMN point_in_time INTEGER NOT NULL DEFAULT 0;
ALTER TABLE restore_job ADD COLUMN target_group_id TEXT;
ALTER TABLE restore_job ADD COLUMN target_cluster_id TEXT;
ALTER TABLE restore_job ADD COLUMN reason TEXT;

-- The hosts that an automated restore writes to, and the assignment that the agent of each was given.
CREATE TABLE restore_target (
    job_id        TEXT NOT NULL REFERENCES restore_job (id),
    position      INTEGER NOT NULL,
    group_id      TEXT NOT NULL,
    host_id       TEXT NOT NULL,
    assignment_id TEXT NOT NULL UNIQUE,
    PRIMARY KEY (job_id, position)
);
