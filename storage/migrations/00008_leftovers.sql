-- What of a case was posted where it shows no more, until it is taken away.

-- +goose Up

-- A message, root when it is a case message; or, with the mark that it would
-- carry, one of which nobody knows whether it was posted: in that lane, below
-- ts when that is not empty, not before since, and perhaps not until after
-- (wall-clock milliseconds).
CREATE TABLE leftovers (
    complaint TEXT    NOT NULL REFERENCES complaints (id),
    lane      TEXT    NOT NULL,
    channel   TEXT    NOT NULL,
    ts        TEXT    NOT NULL,
    root      BOOLEAN NOT NULL,
    mark      TEXT    NOT NULL,
    since     BIGINT  NOT NULL,
    after     BIGINT  NOT NULL,
    PRIMARY KEY (complaint, lane, channel, ts, mark)
);
