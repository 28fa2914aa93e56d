-- Questions to colleagues. They are promises like the others, and bound like them.
-- +goose Up

-- Who was asked need not be on the roster. What they read stays with them until it is
-- answered, so that they are looked up as who sees to a remedy is.
CREATE INDEX promises_consultations ON promises (handler) WHERE kind = 'consultation' AND kept_at IS NULL AND lapsed = '';
