-- The review of each quarter (R11): who was offered its figures, what the
-- directors made of it, and what they recommended.

-- +goose Up

-- A quarter that was offered to an audience: 'shared', or a director's user
-- id. more: that director may know of cases in it that the shared figures
-- leave out. told is the day on which the audience last heard of it.
CREATE TABLE quarters (
    audience TEXT    NOT NULL,
    quarter  TEXT    NOT NULL, -- 2026-Q3
    offered  TEXT    NOT NULL,
    told     TEXT    NOT NULL,
    more     BOOLEAN NOT NULL,
    PRIMARY KEY (audience, quarter)
);

-- That a quarter was dealt with, the first time for each audience.
CREATE TABLE reviews (
    quarter     TEXT    NOT NULL,
    audience    TEXT    NOT NULL,
    reviewed_on TEXT    NOT NULL,
    reviewer    TEXT    NOT NULL,
    advised     BOOLEAN NOT NULL,
    PRIMARY KEY (quarter, audience)
);

-- The figures as they were when the quarter was dealt with, sealed under the
-- register's search key; audience is as above, or 'all'.
CREATE TABLE snapshots (
    quarter  TEXT  NOT NULL,
    audience TEXT  NOT NULL,
    sealed   BYTEA NOT NULL,
    PRIMARY KEY (quarter, audience)
);

-- sealed holds the text and the offering, under the register's search key.
-- remind is the day on which somebody is reminded next, '' once it was done;
-- told the day of the last time.
CREATE TABLE recommendations (
    id          TEXT   PRIMARY KEY,
    lock        BIGINT NOT NULL DEFAULT 0,
    quarter     TEXT   NOT NULL,
    audience    TEXT   NOT NULL,
    sealed      BYTEA  NOT NULL,
    owner       TEXT   NOT NULL,
    due         TEXT   NOT NULL,
    category    TEXT   NOT NULL,
    author      TEXT   NOT NULL,
    recorded_on TEXT   NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    done_on     TEXT   NOT NULL,
    done_by     TEXT   NOT NULL,
    told        TEXT   NOT NULL,
    remind      TEXT   NOT NULL
);
CREATE INDEX recommendations_remind ON recommendations (remind) WHERE remind <> '';

-- The gestures that were carried out, as keyed hashes: the same one twice
-- changes nothing.
CREATE TABLE review_gestures (
    gesture BYTEA PRIMARY KEY
);
