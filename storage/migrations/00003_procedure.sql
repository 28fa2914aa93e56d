-- The whole procedure: notices, disputes, holds, who is away, and nudges to
-- several people.

-- +goose Up

-- made is the date that a promise counts from, lapsed since when it is owed no
-- more, snoozed before when nobody is nudged. marks remember who was nudged:
-- "person step date", with ';' between.
ALTER TABLE promises ADD COLUMN made    TEXT NOT NULL DEFAULT '';
ALTER TABLE promises ADD COLUMN lapsed  TEXT NOT NULL DEFAULT '';
ALTER TABLE promises ADD COLUMN snoozed TEXT NOT NULL DEFAULT '';
ALTER TABLE promises ADD COLUMN marks   TEXT NOT NULL DEFAULT '';
UPDATE promises SET made = (SELECT c.received FROM complaints c WHERE c.id = promises.complaint)
WHERE kind <> 'confirmation';
UPDATE promises SET made = (SELECT c.decided_on FROM complaints c WHERE c.id = promises.complaint)
WHERE kind = 'confirmation';
-- What was the only rung so far is the second one of the ladder.
UPDATE promises SET marks = (SELECT c.owner || ' 2 ' || c.received FROM complaints c WHERE c.id = promises.complaint)
WHERE nudged > 0;
ALTER TABLE promises DROP COLUMN nudged;

ALTER TABLE complaints ADD COLUMN waiting_marks TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN hold_review   TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN hold_marks    TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN dispute_from  TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN disputed_on   TEXT NOT NULL DEFAULT '';
-- due is the date of the open promise that is due first, '' when none is open.
ALTER TABLE complaints ADD COLUMN due           TEXT NOT NULL DEFAULT '';
UPDATE complaints SET due = coalesce(
    (SELECT min(p.due) FROM promises p WHERE p.complaint = complaints.id AND p.kept_at IS NULL), '');
CREATE INDEX complaints_due_first ON complaints (due, year, series, ordinal) WHERE due <> '';

-- A number that was given to a case which has another one now: it reads as
-- void, and is no gap.
CREATE TABLE void_numbers (
    number    TEXT   PRIMARY KEY,
    series    TEXT   NOT NULL,
    year      BIGINT NOT NULL,
    ordinal   BIGINT NOT NULL,
    complaint TEXT   NOT NULL,
    UNIQUE (series, year, ordinal)
);

-- Cases of the same complainant, each pair both ways.
CREATE TABLE links (
    complaint TEXT NOT NULL REFERENCES complaints (id),
    other     TEXT NOT NULL REFERENCES complaints (id),
    PRIMARY KEY (complaint, other)
);

-- When somebody is away, both days included.
CREATE TABLE absences (
    person     TEXT NOT NULL,
    first_day  TEXT NOT NULL,
    last_day   TEXT NOT NULL,
    PRIMARY KEY (person, first_day)
);

-- What the register remembers of people with a role: whose account is
-- deactivated, the last day on which their nudges were gathered, and the week
-- of the last weekly digest.
CREATE TABLE people (
    person   TEXT    PRIMARY KEY,
    gone     BOOLEAN NOT NULL,
    gathered TEXT    NOT NULL,
    weekly   TEXT    NOT NULL
);

-- The nudges that a digest tells of. round says with which sending.
CREATE TABLE digest_items (
    person    TEXT   NOT NULL,
    complaint TEXT   NOT NULL REFERENCES complaints (id),
    what      TEXT   NOT NULL,
    round     BIGINT NOT NULL,
    PRIMARY KEY (person, complaint, what)
);

-- The outbox again, with rows that are of no case ('' for the complaint).
CREATE TABLE outbox_rows (
    id        BIGINT  PRIMARY KEY,
    lane      TEXT    NOT NULL,
    complaint TEXT    NOT NULL,
    version   BIGINT  NOT NULL,
    ordinal   BIGINT  NOT NULL,
    surface   TEXT    NOT NULL,
    person    TEXT    NOT NULL,
    what      TEXT    NOT NULL,
    wanted    BIGINT  NOT NULL,
    threaded  BOOLEAN NOT NULL, -- goes below the case message, so after it
    edit      BOOLEAN NOT NULL, -- edits a message that stands
    queued_at BIGINT  NOT NULL,
    due_at    BIGINT  NOT NULL, -- not before then
    attempts  BIGINT  NOT NULL,
    first_try BIGINT  NOT NULL,
    fault     TEXT    NOT NULL, -- of the last attempt
    UNIQUE (complaint, version, ordinal, surface, person, what)
);
INSERT INTO outbox_rows (id, lane, complaint, version, ordinal, surface, person, what, wanted,
    threaded, edit, queued_at, due_at, attempts, first_try, fault)
SELECT id, lane, complaint, version, ordinal, surface, person, what, wanted,
    threaded, edit, queued_at, due_at, attempts, first_try, fault FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_rows RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (lane, edit, due_at, version, ordinal);
