CREATE TABLE note (
    id   TEXT PRIMARY KEY,
    body TEXT NOT NULL
);
