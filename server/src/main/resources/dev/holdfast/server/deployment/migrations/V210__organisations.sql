CREATE TABLE organisation (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    created BIGINT NOT NULL
);

-- until now each project had one of its own, and nobody asked for its name
INSERT INTO organisation (id, name, created) SELECT org_id, MIN(name), MIN(created) FROM project GROUP BY org_id;

CREATE INDEX project_org ON project (org_id);
