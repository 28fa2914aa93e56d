-- What can't wait until tomorrow, and who was told of it.
-- +goose Up

-- urgent is why a complaint can't wait, '' when it can; urgent_calls is who was told
-- of that, when, and who saw it. Both are written as package urgency does.
ALTER TABLE complaints ADD COLUMN urgent       TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN urgent_calls TEXT NOT NULL DEFAULT '';
