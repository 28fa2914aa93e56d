-- What the complainant was promised beyond the outcome: remedies and disputes.
-- +goose Up

-- ended is why a promise that was not kept is owed no more, '' when it merely
-- lapsed. handler sees to a remedy, '' for the case's owner; subject is its kind.
ALTER TABLE promises ADD COLUMN ended   TEXT NOT NULL DEFAULT '';
ALTER TABLE promises ADD COLUMN handler TEXT NOT NULL DEFAULT '';
ALTER TABLE promises ADD COLUMN subject TEXT NOT NULL DEFAULT '';

-- When the dispute committee hears the case, what it decided, or how the dispute
-- ended without a ruling, and when; '' while that is unknown. A ruling from before
-- has no verdict.
ALTER TABLE complaints ADD COLUMN hearing_on       TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN ruling           TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN dispute_ended    TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN dispute_ended_on TEXT NOT NULL DEFAULT '';
