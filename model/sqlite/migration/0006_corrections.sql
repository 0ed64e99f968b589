-- Refused rows that were corrected and came in later. An order that they join keeps
-- its id and its source, even where it has another day since; its lines stand with
-- those of the corrections.

-- Fingerprint of the source whose refused rows these are; '' for a file of its
-- own. What corrections brought to orders of other sources is in their sums, too,
-- and return_only is below zero where it made such orders purchases.
ALTER TABLE source ADD COLUMN corrects TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN joined INTEGER NOT NULL DEFAULT 0; -- orders of corrections that joined one of the source they correct

CREATE TABLE correction (
  -- What corrections brought to an order, whichever source that is of: the rows of
  -- one order in their file.
  id          INTEGER PRIMARY KEY,
  source_id   INTEGER NOT NULL REFERENCES source, -- the corrections
  order_id    INTEGER NOT NULL REFERENCES orders,
  day         INTEGER NOT NULL, -- these as in orders
  value_e4    INTEGER NOT NULL,
  returned_e4 INTEGER NOT NULL,
  cost_e4     INTEGER,
  flags       INTEGER NOT NULL,
  lines       INTEGER NOT NULL
) STRICT;
