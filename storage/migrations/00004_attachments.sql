-- Files that came with a complaint or a note, taken over from Slack.

-- +goose Up

-- line is the journal line of the change that a file came with; name and
-- content are sealed under the case's key, content NULL until it was taken
-- over. size is in bytes, fault a word for why it was refused.
CREATE TABLE attachments (
    complaint TEXT   NOT NULL REFERENCES complaints (id),
    ordinal   BIGINT NOT NULL,
    line      BIGINT NOT NULL,
    file      TEXT   NOT NULL,
    uploader  TEXT   NOT NULL,
    at        TIMESTAMP NOT NULL,
    name      BYTEA  NOT NULL,
    state     TEXT   NOT NULL,
    fault     TEXT   NOT NULL,
    size      BIGINT NOT NULL,
    content   BYTEA,
    PRIMARY KEY (complaint, ordinal),
    CHECK (state IN ('waiting', 'taken', 'removed', 'asked', 'lost', 'refused'))
);
