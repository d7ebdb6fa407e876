-- runs of a project, newest first, and those that failed
CREATE INDEX snapshot_run_group ON snapshot_run (group_id, begun, id);
CREATE INDEX snapshot_run_group_state ON snapshot_run (group_id, state, begun);
