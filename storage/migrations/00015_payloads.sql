-- What a delivery is about, as a payload of its kind's own type.

-- +goose Up

-- payload is JSON that package outbox reads: no SQL looks into it. slot is what
-- was called what: it tells payloads of one kind for one person apart, and stays
-- as it was, since the key that a message carries in Slack is made of it.
-- Migration 16 writes the payloads of what waits.
ALTER TABLE outbox RENAME COLUMN what TO slot;
ALTER TABLE outbox ADD COLUMN payload TEXT NOT NULL DEFAULT '';

-- A digest tells of what is watched on each case.
ALTER TABLE digest_items RENAME COLUMN what TO watch;
