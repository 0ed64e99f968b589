-- Refused rows as they stand in their file, and what they are worth.

ALTER TABLE reject ADD COLUMN row TEXT NOT NULL DEFAULT ''; -- the whole row, cut; '' where it is not known

ALTER TABLE source ADD COLUMN refused_value_e4 INTEGER NOT NULL DEFAULT 0; -- sum of the refused amounts that could be read, each as positive, in ten-thousandths
ALTER TABLE source ADD COLUMN refused_valued INTEGER NOT NULL DEFAULT 0; -- of how many rows
