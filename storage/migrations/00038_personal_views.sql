-- The message about a quarter is brought up to date once the quarter was dealt with.
-- +goose Up

-- Where messages that are edited stand, and which version they show, as in views: of a
-- person or of the directors together, and of no case.
CREATE TABLE personal_views (
    surface TEXT   PRIMARY KEY,
    channel TEXT   NOT NULL,
    ts      TEXT   NOT NULL,
    shown   BIGINT NOT NULL
);
