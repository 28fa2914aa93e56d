-- Documents on their way to somebody through Slack.

-- +goose Up

-- A document for one person. sealed holds it until it was sent, file is Slack's
-- id of it after that. delete_at (wall-clock milliseconds) is until when it is
-- kept: here as long as it waits, in Slack once it was sent. complaint has no
-- reference: not every document is of one case.
CREATE TABLE outgoing_files (
    id        TEXT   PRIMARY KEY,
    complaint TEXT   NOT NULL,
    person    TEXT   NOT NULL,
    name      TEXT   NOT NULL, -- tells nothing about anybody
    sealed    BYTEA,
    file      TEXT   NOT NULL,
    delete_at BIGINT NOT NULL
);
