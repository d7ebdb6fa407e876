-- automated restores into a project, newest first
CREATE INDEX restore_job_target ON restore_job (target_group_id, created, id);

-- of the first host of a job: whether it was told how the whole job ended
ALTER TABLE restore_target ADD COLUMN end_told INTEGER NOT NULL DEFAULT 0;
