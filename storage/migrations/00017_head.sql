-- The last numbers given out move into the head of the register's chain, so that
-- one row is locked for both. numbers is JSON: the last ordinal by series and year.

-- +goose Up

ALTER TABLE register_head ADD COLUMN numbers TEXT NOT NULL DEFAULT '{}';
UPDATE register_head SET numbers = '{' || coalesce((
    SELECT string_agg('"' || c.series || '-' || c.year || '":' || c.last, ',') FROM counters c), '') || '}';
DROP TABLE counters;

-- The lanes that every register has.
INSERT INTO lanes (lane, token, leased_until, next_send_at) VALUES
    ('cases', '', 0, 0), ('directors', '', 0, 0), ('mail', '', 0, 0), ('files', '', 0, 0), ('clear', '', 0, 0), ('look', '', 0, 0)
ON CONFLICT (lane) DO NOTHING;
