-- API keys. ha1 is MD5(public key ":" realm ":" private key), sealed with AES-256-GCM; secret_id names the line of
-- secrets.key that sealed it. The private key itself is nowhere.
CREATE TABLE access_key (
    id TEXT PRIMARY KEY,
    public_key TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL,
    masked_private_key TEXT NOT NULL,
    ha1_sealed TEXT NOT NULL,
    secret_id TEXT NOT NULL,
    created BIGINT NOT NULL
);

-- What a key may do. scope is the id of a project or an organisation, empty for a global role.
CREATE TABLE access_grant (
    key_id TEXT NOT NULL REFERENCES access_key (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    scope TEXT NOT NULL,
    PRIMARY KEY (key_id, role, scope)
);

-- From where a key may be used. block is canonical: 192.0.2.0/24, 2001:db8::1/128.
CREATE TABLE access_list_entry (
    key_id TEXT NOT NULL REFERENCES access_key (id) ON DELETE CASCADE,
    block TEXT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (key_id, block)
);

-- Agents' tokens, 256 random bits each, so a plain SHA-256 of them tells nothing.
CREATE TABLE access_agent_key (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL,
    description TEXT NOT NULL,
    token_sha256 TEXT NOT NULL UNIQUE,
    created BIGINT NOT NULL
);

CREATE INDEX access_agent_key_by_group ON access_agent_key (group_id, created);
