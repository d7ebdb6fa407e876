-- One download link per restore job. charged: bytes that may have left, counted before they do.
-- size: null until the archive was first opened.
CREATE TABLE delivery_link (
  job_id TEXT NOT NULL PRIMARY KEY,
  group_id TEXT NOT NULL,
  part_id TEXT NOT NULL,
  file_name TEXT NOT NULL,
  token TEXT NOT NULL,
  max_downloads INTEGER NOT NULL,
  created BIGINT NOT NULL,
  expires BIGINT NOT NULL,
  size BIGINT,
  completed INTEGER NOT NULL,
  completed_at BIGINT,
  charged BIGINT NOT NULL,
  broken TEXT
);

CREATE INDEX delivery_link_expires ON delivery_link (expires);

-- Downloads that have begun and are not complete, oldest first. covered: FROM-TO,FROM-TO… (TO exclusive).
CREATE TABLE delivery_attempt (
  job_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  begun BIGINT NOT NULL,
  covered TEXT NOT NULL,
  PRIMARY KEY (job_id, number)
);

-- Bytes that a running answer was charged for and may be sending now. resumed: where a client took up again inside
-- of them (else -1), which proves that it has what lies before. touched: last sign of life.
CREATE TABLE delivery_stream (
  stream_id TEXT NOT NULL PRIMARY KEY,
  job_id TEXT NOT NULL,
  node TEXT NOT NULL,
  range_from BIGINT NOT NULL,
  range_to BIGINT NOT NULL,
  resumed BIGINT NOT NULL,
  touched BIGINT NOT NULL
);

CREATE INDEX delivery_stream_job ON delivery_stream (job_id);

-- Hashes of whole archives.
CREATE TABLE delivery_hash (
  job_id TEXT NOT NULL PRIMARY KEY,
  sha1 TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  computed BIGINT NOT NULL
);
