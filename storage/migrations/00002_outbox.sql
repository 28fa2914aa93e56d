-- What leaves the house (design section 3). Times are wall-clock milliseconds
-- since 1970, so that pace can be kept; 0 means never yet.

-- +goose Up

-- Where messages go one after the other. token and leased_until say who sends
-- there now; before next_send_at nothing new is posted (edits don't count).
CREATE TABLE lanes (
    lane         TEXT   PRIMARY KEY,
    token        TEXT   NOT NULL,
    leased_until BIGINT NOT NULL,
    next_send_at BIGINT NOT NULL
);

-- What is to be sent; a row goes when it was. An event has the version and
-- the ordinal of the effect that asked for it. A view has version and ordinal
-- 0, one row per complaint and surface (and person and what); wanted is the
-- version that it should show. No row holds text. There is no reference to
-- lanes, whose rows change too often to be locked by every insert.
CREATE TABLE outbox (
    id        BIGINT  PRIMARY KEY,
    lane      TEXT    NOT NULL,
    complaint TEXT    NOT NULL REFERENCES complaints (id),
    version   BIGINT  NOT NULL,
    ordinal   BIGINT  NOT NULL,
    surface   TEXT    NOT NULL,
    person    TEXT    NOT NULL,
    what      TEXT    NOT NULL,
    wanted    BIGINT  NOT NULL,
    threaded  BOOLEAN NOT NULL, -- goes below the case message, so after it
    edit      BOOLEAN NOT NULL, -- edits a message that stands
    queued_at BIGINT  NOT NULL,
    due_at    BIGINT  NOT NULL, -- not before then
    attempts  BIGINT  NOT NULL,
    first_try BIGINT  NOT NULL,
    fault     TEXT    NOT NULL, -- of the last attempt
    UNIQUE (complaint, version, ordinal, surface, person, what)
);
CREATE INDEX outbox_due ON outbox (lane, edit, due_at, version, ordinal);

-- Where the views that are edited stand, and which version they show.
CREATE TABLE views (
    complaint TEXT   NOT NULL REFERENCES complaints (id),
    surface   TEXT   NOT NULL,
    channel   TEXT   NOT NULL,
    ts        TEXT   NOT NULL,
    shown     BIGINT NOT NULL,
    PRIMARY KEY (complaint, surface)
);

-- Every message that the bot posted about a case: to delete it with the case,
-- and to find the case of a thread.
CREATE TABLE messages (
    complaint TEXT NOT NULL REFERENCES complaints (id),
    channel   TEXT NOT NULL,
    ts        TEXT NOT NULL,
    PRIMARY KEY (complaint, channel, ts)
);
CREATE INDEX messages_place ON messages (channel, ts);
