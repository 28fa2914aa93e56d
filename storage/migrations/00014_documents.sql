-- Documents of no case: the register, or what is held on one person.

-- +goose Up

-- kind says what a document of no case (complaint '') is, and so who may have
-- it. A row without a name is being made: it holds the place, so that one
-- gesture makes one document. withdrawn: it may hold what its person must not
-- read, or nobody any more, by now.
ALTER TABLE outgoing_files ADD COLUMN kind      TEXT    NOT NULL DEFAULT '';
ALTER TABLE outgoing_files ADD COLUMN withdrawn BOOLEAN NOT NULL DEFAULT FALSE;
