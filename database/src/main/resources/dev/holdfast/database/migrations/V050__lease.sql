-- Who may do a task that one node at a time should do, and until when (milliseconds since 1970).
CREATE TABLE lease (
    name       TEXT PRIMARY KEY,
    holder     TEXT NOT NULL,
    held_until BIGINT NOT NULL
);
