-- The access list that all global keys have in common; block as in access_list_entry.
CREATE TABLE access_global_entry (
    id TEXT PRIMARY KEY,
    block TEXT NOT NULL UNIQUE,
    description TEXT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL
);
