-- Remedies as promises (R14).
-- +goose Up

-- The day on which a remedy was done, as who sees to it said; '' as long as they
-- did not.
ALTER TABLE promises ADD COLUMN reported TEXT NOT NULL DEFAULT '';

-- Who sees to a remedy that is open need not be on the roster.
CREATE INDEX promises_remedies ON promises (handler) WHERE kind = 'remedy' AND kept_at IS NULL AND lapsed = '';
