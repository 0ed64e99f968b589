-- What an import told, what it left out, and the money of refused rows by its
-- sign.

ALTER TABLE source ADD COLUMN warnings TEXT NOT NULL DEFAULT '[]'; -- notices, as a JSON array of {"code", "message"}
ALTER TABLE source ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0; -- of duplicates, those left out
ALTER TABLE source ADD COLUMN repeated INTEGER NOT NULL DEFAULT 0; -- accepted rows left out because an earlier source brought their orders
ALTER TABLE source ADD COLUMN refused_returned_e4 INTEGER NOT NULL DEFAULT 0; -- as refused_value_e4, of the amounts below zero

-- Sums without signs, as they were kept so far, fit no other figure.
UPDATE source SET refused_value_e4 = 0, refused_valued = 0;

UPDATE source SET dropped = duplicates WHERE plan LIKE '%duplicates: drop%';
