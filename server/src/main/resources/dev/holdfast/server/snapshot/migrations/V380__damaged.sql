-- Why a part cannot be restored: stored bytes that it needs are damaged. Null while nothing is known to be.
ALTER TABLE snapshot_part ADD COLUMN damaged TEXT;
CREATE INDEX snapshot_part_damaged ON snapshot_part (id) WHERE damaged IS NOT NULL;
