-- What a case holds in the plain is bound by its journal.
-- +goose Up

-- held is a keyed digest of what the case's row, its promises and its files say
-- after the line; brought is one of the dossier's entries that came with it. Both
-- are empty in lines from before; such a case is bound as it is found, by a line
-- of its own (migrated), beside the running bot.
ALTER TABLE journal ADD COLUMN held    BYTEA NOT NULL DEFAULT '';
ALTER TABLE journal ADD COLUMN brought BYTEA NOT NULL DEFAULT '';

-- digest is a keyed digest of when a file came, its sealed name and its sealed
-- content, in hexadecimal digits.
ALTER TABLE attachments ADD COLUMN digest TEXT NOT NULL DEFAULT '';

-- concerned is how many people a case concerns, guard a keyed digest of who: rows
-- of concerns that don't agree with them hide the case. A case from before has no
-- guard until it is bound; what it concerns is then read from what is sealed.
ALTER TABLE complaints ADD COLUMN concerned BIGINT NOT NULL DEFAULT 0;
ALTER TABLE complaints ADD COLUMN guard     BYTEA  NOT NULL DEFAULT '';
UPDATE complaints SET concerned = (SELECT count(*) FROM concerns g WHERE g.complaint = complaints.id)
WHERE id IN (SELECT complaint FROM concerns);
CREATE INDEX complaints_concerned ON complaints (id) WHERE concerned > 0;
