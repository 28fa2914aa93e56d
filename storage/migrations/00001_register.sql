-- The register. One text for both engines: only TEXT, BIGINT, BOOLEAN, BYTEA
-- and TIMESTAMP (UTC, whole seconds). Dates are TEXT 2006-01-02, '' when
-- unknown. BYTEA is sealed, wrapped or keyed: it tells nothing without the
-- key file.

-- +goose Up

-- What the register knows of itself: fingerprints of the key ring and the
-- policy, and the wrapped key of the search hashes.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value BYTEA NOT NULL
);

-- The last number given out in each series and year.
CREATE TABLE counters (
    series TEXT   NOT NULL,
    year   BIGINT NOT NULL,
    last   BIGINT NOT NULL,
    PRIMARY KEY (series, year)
);

CREATE TABLE complaints (
    id               TEXT    PRIMARY KEY,
    number           TEXT    NOT NULL UNIQUE,
    series           TEXT    NOT NULL,
    year             BIGINT  NOT NULL,
    ordinal          BIGINT  NOT NULL,
    lock             BIGINT  NOT NULL DEFAULT 0,
    version          BIGINT  NOT NULL,
    state            TEXT    NOT NULL,
    received         TEXT    NOT NULL,
    incident         TEXT    NOT NULL,
    received_via     TEXT    NOT NULL,
    complainant_kind TEXT    NOT NULL,
    offering_kind    TEXT    NOT NULL,
    offering_name    TEXT    NOT NULL,
    category         TEXT    NOT NULL,
    preferred        TEXT    NOT NULL,
    language         TEXT    NOT NULL,
    sealed           BYTEA   NOT NULL,
    logged_by        TEXT    NOT NULL,
    logged_at        TIMESTAMP NOT NULL,
    owner            TEXT    NOT NULL,
    late_logged      BOOLEAN NOT NULL,
    out_of_time      BOOLEAN NOT NULL,
    verdict          TEXT    NOT NULL,
    cause            TEXT    NOT NULL,
    lesson           TEXT    NOT NULL,
    decided_on       TEXT    NOT NULL,
    closed_at        TIMESTAMP,
    waiting_since    TEXT    NOT NULL,
    waited_days      BIGINT  NOT NULL,
    last_action      TEXT    NOT NULL,
    last_by          TEXT    NOT NULL,
    last_at          TIMESTAMP,
    next_at          TIMESTAMP,
    -- How many journal lines there are, the last one's seal, and a seal over
    -- both: a journal whose tail was cut does not fit it.
    lines            BIGINT  NOT NULL,
    tail             BYTEA   NOT NULL,
    head             BYTEA   NOT NULL,
    UNIQUE (series, year, ordinal),
    CHECK (series IN ('K', 'V')),
    CHECK (version > 0 AND ordinal > 0)
);
CREATE INDEX complaints_due     ON complaints (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX complaints_open    ON complaints (year, series, ordinal) WHERE state <> 'closed';
CREATE INDEX complaints_logged  ON complaints (logged_by, year, series, ordinal);

-- A case's own data key, wrapped by the ring. Deleting it erases all that is
-- sealed with it.
CREATE TABLE case_keys (
    complaint TEXT  PRIMARY KEY REFERENCES complaints (id),
    wrapped   BYTEA NOT NULL
);

-- Whom a case concerns, as a keyed hash: for that person it does not exist.
CREATE TABLE concerns (
    complaint TEXT  NOT NULL REFERENCES complaints (id),
    person    BYTEA NOT NULL,
    PRIMARY KEY (complaint, person)
);

-- E-mail addresses and telephone numbers as keyed hashes, for search.
CREATE TABLE contacts (
    complaint TEXT  NOT NULL REFERENCES complaints (id),
    kind      TEXT  NOT NULL,
    hash      BYTEA NOT NULL,
    PRIMARY KEY (complaint, kind)
);
CREATE INDEX contacts_hash ON contacts (hash);

CREATE TABLE promises (
    complaint TEXT    NOT NULL REFERENCES complaints (id),
    ordinal   BIGINT  NOT NULL,
    kind      TEXT    NOT NULL,
    due       TEXT    NOT NULL,
    nudged    BIGINT  NOT NULL,
    kept_on   TEXT    NOT NULL,
    entered   TEXT    NOT NULL,
    kept_by   TEXT    NOT NULL,
    kept_at   TIMESTAMP,
    way       TEXT    NOT NULL,
    later     BOOLEAN NOT NULL,
    PRIMARY KEY (complaint, ordinal)
);

-- The dossier. line is the journal line of the change that made the entry.
CREATE TABLE records (
    complaint TEXT   NOT NULL REFERENCES complaints (id),
    line      BIGINT NOT NULL,
    ordinal   BIGINT NOT NULL,
    kind      TEXT   NOT NULL,
    at        TIMESTAMP NOT NULL,
    author    TEXT   NOT NULL,
    date      TEXT   NOT NULL,
    way       TEXT   NOT NULL,
    sealed    BYTEA  NOT NULL,
    PRIMARY KEY (complaint, line, ordinal)
);

-- The journal: append-only, nothing personal. actor is a pseudonym under the
-- case's data key, person the readable id sealed with it; seal chains the
-- line to the one before. No reference to complaints: a line is written before
-- its complaint, as the claim on its gesture, and outlives it.
CREATE TABLE journal (
    complaint TEXT   NOT NULL,
    line      BIGINT NOT NULL,
    version   BIGINT NOT NULL,
    action    TEXT   NOT NULL,
    at        TIMESTAMP NOT NULL,
    gesture   BYTEA  UNIQUE,
    actor     BYTEA  NOT NULL,
    person    BYTEA  NOT NULL,
    seal      BYTEA  NOT NULL,
    PRIMARY KEY (complaint, line)
);

-- The register's own chain: creations, refusals for want of a role.
CREATE TABLE register_chain (
    line      BIGINT PRIMARY KEY,
    action    TEXT   NOT NULL,
    at        TIMESTAMP NOT NULL,
    complaint TEXT   NOT NULL,
    number    TEXT   NOT NULL,
    actor     BYTEA  NOT NULL,
    person    BYTEA  NOT NULL,
    seal      BYTEA  NOT NULL
);

-- The head of register_chain, one row: see complaints.lines, tail and head.
CREATE TABLE register_head (
    id    BIGINT PRIMARY KEY CHECK (id = 1),
    lines BIGINT NOT NULL,
    tail  BYTEA  NOT NULL,
    head  BYTEA  NOT NULL
);
