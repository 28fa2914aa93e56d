-- Which language somebody reads.

-- +goose Up

-- The language that somebody chose for themselves, '' for none: then they read
-- the firm's. chosen_at is when they pressed, by Slack's clock, in microseconds:
-- of two choices the later one counts, in whatever order they arrive.
ALTER TABLE people ADD COLUMN language TEXT NOT NULL DEFAULT '' CHECK (language IN ('', 'nl', 'en'));
ALTER TABLE people ADD COLUMN chosen_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX people_language ON people (person) WHERE language <> '';
