-- How complainants found the handling (R16), and who was told of which offering.
-- +goose Up

-- What the complainant said last, as the form names it; '' as long as nothing was
-- recorded. It stays when the case is erased, since it names nobody.
ALTER TABLE complaints ADD COLUMN satisfaction TEXT NOT NULL DEFAULT '';

-- Up to when, in ms, a handler's complaints were looked at for others on the same
-- offering; 0 as long as none were.
ALTER TABLE people ADD COLUMN repeats_seen BIGINT NOT NULL DEFAULT 0;
