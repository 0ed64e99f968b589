-- Seals of what had none.

ALTER TABLE seal RENAME TO seal_before;

CREATE TABLE seal (
  -- What a table looked like when strata last wrote it, as a CRC-32C: of all rows of
  -- setting, source, attribute, scenario and service; of all checksums in column_chunk;
  -- and source by source (reject 1, reject 2, …) of those in line_chunk, of the refused
  -- rows, of correction, of orders.lines, and of order_line.quantity_e4 and price_e4.
  -- Of the edits it is how many there are (history count) and the id of the last
  -- (history last). What no longer fits its seal is told as damaged.
  name     TEXT    NOT NULL PRIMARY KEY,
  checksum INTEGER NOT NULL
) STRICT;

INSERT INTO seal SELECT name, checksum FROM seal_before;
DROP TABLE seal_before;
