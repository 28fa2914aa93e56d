-- What stands in Slack follows the register: what is gone there is posted anew.
-- +goose Up

-- Which delivery a message was, and its payload when that is posted anew with its
-- case message; '' of messages from before.
ALTER TABLE messages ADD COLUMN surface TEXT   NOT NULL DEFAULT '';
ALTER TABLE messages ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN ordinal BIGINT NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN payload TEXT   NOT NULL DEFAULT '';

-- reposted: it was said before, so nobody is mentioned; in a case message, until
-- the case gets another handler.
ALTER TABLE outbox ADD COLUMN reposted BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE views  ADD COLUMN reposted BOOLEAN NOT NULL DEFAULT FALSE;

-- replaced: a case message that was posted anew; where Slack won't have it deleted,
-- it stays.
ALTER TABLE leftovers ADD COLUMN replaced BOOLEAN NOT NULL DEFAULT FALSE;

-- The lane of looking whether what cases show still stands.
INSERT INTO lanes (lane, token, leased_until, next_send_at) VALUES ('views', '', 0, 0)
ON CONFLICT (lane) DO NOTHING;
