-- What the figures of a quarter read: a complaint with its promises in one row.

-- +goose Up

-- promised repeats the promises, so that figures over a whole register need no
-- join: kind, made, due, kept_on, entered, way, lapsed, and later and kept as 0
-- or 1, with ',' between, and ';' between promises.
ALTER TABLE complaints ADD COLUMN promised TEXT NOT NULL DEFAULT '';
UPDATE complaints SET promised = coalesce((
    SELECT string_agg(p.kind || ',' || p.made || ',' || p.due || ',' || p.kept_on || ',' || p.entered || ','
        || p.way || ',' || p.lapsed || ','
        || CASE WHEN p.later THEN '1' ELSE '0' END || ',' || CASE WHEN p.kept_at IS NULL THEN '0' ELSE '1' END,
        ';' ORDER BY p.ordinal)
    FROM promises p WHERE p.complaint = complaints.id), '');
