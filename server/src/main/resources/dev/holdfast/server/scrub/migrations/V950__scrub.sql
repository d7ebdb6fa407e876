-- One row, id 1. position: where the round stands. day: days since 1970 (UTC); day_bytes: read on that day.
CREATE TABLE scrub_state (
    id            INTEGER PRIMARY KEY,
    position      TEXT NOT NULL,
    round_begun   BIGINT,
    round_bytes   BIGINT NOT NULL,
    last_begun    BIGINT,
    last_ended    BIGINT,
    last_bytes    BIGINT NOT NULL,
    day           BIGINT NOT NULL,
    day_bytes     BIGINT NOT NULL,
    touched       BIGINT
);

-- What is damaged. stage, unit: what was being read when it was met; read again without it, it is gone.
CREATE TABLE scrub_finding (
    id        TEXT PRIMARY KEY,
    stage     TEXT NOT NULL,
    unit      TEXT NOT NULL,
    blob      TEXT NOT NULL,
    at_byte   BIGINT NOT NULL,
    what      TEXT NOT NULL,
    found     BIGINT NOT NULL
);

CREATE TABLE scrub_finding_part (
    finding_id TEXT NOT NULL REFERENCES scrub_finding (id),
    group_id   TEXT NOT NULL,
    part_id    TEXT NOT NULL,
    PRIMARY KEY (finding_id, part_id)
);
CREATE INDEX scrub_finding_part_part ON scrub_finding_part (part_id);
