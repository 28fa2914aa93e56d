-- Nudges wait to be gathered before they are sent.

-- +goose Up

-- due_at of a parked row lies in the year 9999 (see parked in gather.go): it
-- waits for the end of a sweep, not for a time.
CREATE INDEX outbox_parked ON outbox (person) WHERE due_at = 253370764800000;
