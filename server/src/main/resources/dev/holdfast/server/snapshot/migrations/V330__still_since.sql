-- from when, to its commit, the files of a part did not change; the parts of a sharded cluster are of one moment if all
-- were still at it
ALTER TABLE snapshot_part ADD COLUMN still_since BIGINT;
