-- Of a deleted snapshot: when the store was first told to forget its parts, and when it had forgotten them all.
ALTER TABLE snapshot ADD COLUMN forgetting BIGINT;
ALTER TABLE snapshot ADD COLUMN forgotten BIGINT;
CREATE INDEX snapshot_to_forget ON snapshot (deleted) WHERE deleted IS NOT NULL AND forgotten IS NULL;
CREATE INDEX snapshot_to_expire ON snapshot (expires) WHERE deleted IS NULL;
