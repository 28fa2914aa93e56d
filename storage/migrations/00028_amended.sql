-- Steps that were recorded wrongly can be amended and taken back.
-- +goose Up

-- amended_in_time is how many terms of a case that put right from late to in time,
-- for the directors. The amendments themselves are entries of the dossier.
ALTER TABLE complaints ADD COLUMN amended_in_time BIGINT NOT NULL DEFAULT 0;
