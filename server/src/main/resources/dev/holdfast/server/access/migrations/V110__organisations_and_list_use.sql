-- The organisation that a key belongs to; null for a key of the whole installation.
ALTER TABLE access_key ADD COLUMN org_id TEXT;
CREATE INDEX access_key_by_org ON access_key (org_id, created);
CREATE INDEX access_grant_by_scope ON access_grant (scope, role);

-- What was admitted by an entry: how often, when last, and from where.
ALTER TABLE access_list_entry ADD COLUMN uses BIGINT NOT NULL DEFAULT 0;
ALTER TABLE access_list_entry ADD COLUMN last_used BIGINT;
ALTER TABLE access_list_entry ADD COLUMN last_used_address TEXT;

-- At most one row: who was made first over the API.
CREATE TABLE access_first_user (
    id INTEGER PRIMARY KEY,
    username TEXT NOT NULL,
    created BIGINT NOT NULL
);
