-- What stands in Slack of a case that was erased or that moved, and that the
-- bot can't take away: it goes from here when it is gone from there.

-- +goose Up

-- A message at channel and ts, below thread when that is another; a file has no
-- channel, and its id in ts. reader is who alone reads of it, '' the officers,
-- '-' nobody; author who sent a file in. since is when it was found
-- (milliseconds of the procedure's clock), looked the date of the last look.
CREATE TABLE remnants (
    complaint TEXT   NOT NULL REFERENCES complaints (id),
    kind      TEXT   NOT NULL,
    channel   TEXT   NOT NULL,
    ts        TEXT   NOT NULL,
    thread    TEXT   NOT NULL,
    reader    TEXT   NOT NULL,
    author    TEXT   NOT NULL,
    link      TEXT   NOT NULL,
    fault     TEXT   NOT NULL,
    since     BIGINT NOT NULL,
    looked    TEXT   NOT NULL,
    PRIMARY KEY (complaint, channel, ts),
    CHECK (kind IN ('reply', 'message', 'file'))
);

-- until when (milliseconds of the procedure's clock) somebody knows of
-- remnants, 0 for not at all, and whether they asked what is left.
ALTER TABLE people ADD COLUMN remnants_told BIGINT NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN remnants_asked BOOLEAN NOT NULL DEFAULT FALSE;

-- moved: left where the case showed before it moved, so perhaps in direct
-- messages of the person whom it concerns.
ALTER TABLE leftovers ADD COLUMN moved BOOLEAN NOT NULL DEFAULT FALSE;

-- A change of absences looks at closed cases too, when they are on hold.
CREATE INDEX complaints_held ON complaints (next_at) WHERE state = 'closed' AND hold_review <> '';
