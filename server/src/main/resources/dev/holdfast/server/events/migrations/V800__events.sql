-- What happened in a project, numbered from 1 without gaps; event_head has the last number. A number is taken under a
-- lock that is held until the commit, so whoever has read number N has seen everything before it.
CREATE TABLE event_head (
  group_id TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL
);

CREATE TABLE event (
  group_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  type TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (group_id, seq)
);

CREATE INDEX event_at ON event (at);

-- secret: sealed with the key that secret_id names.
CREATE TABLE webhook (
  id TEXT NOT NULL PRIMARY KEY,
  group_id TEXT NOT NULL,
  url TEXT NOT NULL,
  secret_id TEXT NOT NULL,
  secret TEXT NOT NULL,
  created BIGINT NOT NULL
);

CREATE INDEX webhook_group ON webhook (group_id, created);

-- What is still to be sent: written with the event, deleted when it was taken. leased_until: some node is sending it.
CREATE TABLE webhook_delivery (
  hook_id TEXT NOT NULL,
  group_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  next_at BIGINT NOT NULL,
  leased_until BIGINT NOT NULL,
  dead INTEGER NOT NULL,
  trouble TEXT,
  PRIMARY KEY (hook_id, seq)
);

CREATE INDEX webhook_delivery_due ON webhook_delivery (next_at) WHERE dead = 0;
