-- Erasures before the term: who asks for one, and which were carried out.

-- +goose Up

ALTER TABLE complaints ADD COLUMN erasure_by    TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN erasure_on    TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN erasure_marks TEXT NOT NULL DEFAULT '';
CREATE INDEX complaints_asked ON complaints (id) WHERE erasure_by <> '';

-- The erasure list, which stands in a file beside the key file too. An older
-- copy of the register may have the case still, or not yet: it is no reference.
CREATE TABLE erasures (
    complaint TEXT  PRIMARY KEY,
    number    TEXT  NOT NULL,
    erased_on TEXT  NOT NULL,
    seal      BYTEA NOT NULL
);
