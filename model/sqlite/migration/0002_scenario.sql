-- Scenarios by name, what each tier is promised, and what an edit reclassified.

ALTER TABLE history ADD COLUMN customers INTEGER NOT NULL DEFAULT 0; -- whose segment the edit changed
ALTER TABLE history ADD COLUMN revenue_e4 INTEGER NOT NULL DEFAULT 0; -- theirs, in ten-thousandths

CREATE INDEX history_parent ON history (parent_id); -- the tree, without its texts

CREATE TABLE scenario (
  -- A scheme kept under a name.
  name     TEXT NOT NULL PRIMARY KEY,
  note     TEXT NOT NULL,
  scheme   TEXT NOT NULL, -- as strata scheme show prints it
  saved_at TEXT NOT NULL  -- UTC: 2026-11-21T14:02:00.000Z
) STRICT;

CREATE TABLE service (
  -- What every customer of a tier is promised, and what that costs.
  tier            TEXT    NOT NULL PRIMARY KEY, -- high | mid | low
  promise_minutes INTEGER NOT NULL, -- until an answer
  contacts_e2     INTEGER NOT NULL, -- a customer and month, in hundredths of one
  minutes         INTEGER NOT NULL, -- of work a contact
  per_adviser     INTEGER NOT NULL, -- customers a named adviser looks after; 0: no named adviser
  contact_cost_e4 INTEGER NOT NULL  -- of one contact, in ten-thousandths
) STRICT;
