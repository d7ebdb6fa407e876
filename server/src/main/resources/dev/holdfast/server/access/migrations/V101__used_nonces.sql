-- Which (nonce, nc) changed something already. A row may go when its nonce is too old to be accepted at all.
CREATE TABLE access_used_nonce (
    nonce TEXT NOT NULL,
    nc BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    PRIMARY KEY (nonce, nc)
);

CREATE INDEX access_used_nonce_by_expiry ON access_used_nonce (expires);
