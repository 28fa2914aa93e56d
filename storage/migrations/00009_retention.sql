-- The end of retention: who was told of it, and cases that were erased.

-- +goose Up

ALTER TABLE complaints ADD COLUMN retention_marks TEXT NOT NULL DEFAULT '';

-- No list shows what was erased, so none pays for it.
DROP INDEX complaints_open;
DROP INDEX complaints_handled;
DROP INDEX complaints_placed;
DROP INDEX complaints_category;
CREATE INDEX complaints_open     ON complaints (year, series, ordinal) WHERE state <> 'erased' AND state <> 'closed';
CREATE INDEX complaints_handled  ON complaints (owner, year, series, ordinal) WHERE state <> 'erased' AND state <> 'closed';
CREATE INDEX complaints_placed   ON complaints (year, series, ordinal) WHERE state <> 'erased';
CREATE INDEX complaints_category ON complaints (category, year, series, ordinal) WHERE state <> 'erased';
