-- Lists and searches, each cut from an index of its own: what a page costs
-- does not depend on how many cases there are.

-- +goose Up

-- The offering's name as search compares it: in lower case and without
-- accents, as bytes, because engines order text by their own rules. It is
-- written with every change of the case; a case from before this column has
-- none until then, and is found by the words in its name all the same.
ALTER TABLE complaints ADD COLUMN offering_key BYTEA NOT NULL DEFAULT '';

CREATE INDEX complaints_placed   ON complaints (year, series, ordinal);
CREATE INDEX complaints_waiting  ON complaints (year, series, ordinal) WHERE state = 'waiting';
CREATE INDEX complaints_handled  ON complaints (owner, year, series, ordinal) WHERE state <> 'closed';
CREATE INDEX complaints_closed   ON complaints (closed_at, year, series, ordinal) WHERE state = 'closed';
CREATE INDEX complaints_owner    ON complaints (owner, year, series, ordinal);
CREATE INDEX complaints_category ON complaints (category, year, series, ordinal);
CREATE INDEX complaints_offering ON complaints (offering_key, year, series, ordinal);
