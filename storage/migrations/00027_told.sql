-- An outcome counts on the day on which the complainant was told (R13), and it is
-- counted whether they heard something within four weeks (R4a).
-- +goose Up

-- contact_on is when the decision that stands was told, before any letter; ''
-- when that failed. reactions are the days on which the complainant heard something
-- of the matter, as package reaction writes them. counting is 'told' for a case of
-- which the outcome counts on the day the complainant was told, '' for one of before,
-- by the day of the decision: it is counted anew beside the running bot, unless it
-- was erased by then.
ALTER TABLE complaints ADD COLUMN contact_on TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN reactions  TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN counting   TEXT NOT NULL DEFAULT '';
