-- A digest is made in steps, and read from its first row on.

-- +goose Up

-- The round of the digest that is being made for somebody, 0 when none is: it
-- takes all of their reminders.
ALTER TABLE people ADD COLUMN digest_round BIGINT NOT NULL DEFAULT 0;

-- presses is the date that an item is sorted by, the earliest first.
ALTER TABLE digest_items ADD COLUMN presses TEXT NOT NULL DEFAULT '';
UPDATE digest_items SET presses = coalesce((SELECT c.due FROM complaints c WHERE c.id = digest_items.complaint), '');
CREATE INDEX digest_items_first ON digest_items (person, presses, complaint, watch, round);

-- The first complaint of a register, and the cases about one person.
CREATE INDEX complaints_received ON complaints (received);
CREATE INDEX concerns_person ON concerns (person, complaint);
