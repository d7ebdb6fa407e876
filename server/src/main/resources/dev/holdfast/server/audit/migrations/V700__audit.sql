-- The chain. text: the record as canonical JSON; hash: SHA-256 of the hash before it, a line feed and the text.
-- at, kind and group_id repeat what the text says, for filters.
CREATE TABLE audit_record (
  seq BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  group_id TEXT,
  text TEXT NOT NULL,
  hash TEXT NOT NULL
);

CREATE INDEX audit_record_group ON audit_record (group_id, seq);
CREATE INDEX audit_record_at ON audit_record (at, seq);

-- The end of the chain, one row. seal: HMAC with the server's secret; empty before the first record.
CREATE TABLE audit_head (
  id INTEGER NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  seal TEXT NOT NULL
);

INSERT INTO audit_head (id, seq, hash, seal)
  VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', '');
