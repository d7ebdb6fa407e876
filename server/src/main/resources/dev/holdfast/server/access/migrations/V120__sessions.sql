-- Who signed in from a browser. The token has 256 random bits, so its SHA-256 tells nothing. A key that is deleted takes
-- its sessions along. last_used: when somebody at the page last asked for something, give or take a twentieth of the idle
-- time.
CREATE TABLE access_session (
    id TEXT PRIMARY KEY,
    token_sha256 TEXT NOT NULL UNIQUE,
    key_id TEXT NOT NULL REFERENCES access_key (id) ON DELETE CASCADE,
    created BIGINT NOT NULL,
    last_used BIGINT NOT NULL
);

CREATE INDEX access_session_by_key ON access_session (key_id, last_used);
CREATE INDEX access_session_by_use ON access_session (last_used);
