-- No case is erased before its announcement was delivered and the bot has been at
-- work on seven days since (R10).

-- +goose Up

-- told_on is the day on which it was delivered, '' when it was not; days on how
-- many days the bot had been at work by then; until the last day of retention
-- that it is about. sought is the number of days on which Slack's clock agreed
-- when the case was first found past its term without one, plus one; 0 for never.
-- What was announced before this table was there is announced again.
CREATE TABLE announcements (
    complaint TEXT   PRIMARY KEY REFERENCES complaints (id),
    told_on   TEXT   NOT NULL,
    days      BIGINT NOT NULL,
    until     TEXT   NOT NULL,
    sought    BIGINT NOT NULL
);

-- The local dates on which a replica of the bot was at work; agreed: Slack's clock
-- was within a day of its own.
CREATE TABLE run_days (
    day    TEXT    PRIMARY KEY,
    agreed BOOLEAN NOT NULL
);

-- Cases that were erased though nobody could be told before.
CREATE TABLE unannounced (
    complaint TEXT PRIMARY KEY REFERENCES complaints (id),
    number    TEXT NOT NULL,
    guarded   BOOLEAN NOT NULL,
    erased_on TEXT NOT NULL
);

-- The number of days on which Slack's clock agreed when somebody was last told
-- that a case is going to be erased, plus one; 0 for never.
ALTER TABLE people ADD COLUMN reached BIGINT NOT NULL DEFAULT 0;
