-- Checksums that tell damage from data.

CREATE TABLE seal (
  -- What a table looked like when strata last wrote it, as a CRC-32C: of all rows of
  -- setting, source, attribute, scenario and service; of all checksums in column_chunk;
  -- and of those in line_chunk, source by source (line_chunk 1, …). A table that no
  -- longer fits its seal is told as damaged; one without a seal is taken as it is.
  name     TEXT    NOT NULL PRIMARY KEY,
  checksum INTEGER NOT NULL
) STRICT;

ALTER TABLE history ADD COLUMN checksum INTEGER; -- CRC-32C of the row; NULL: not known

-- The checksums of chunks and of the snapshot cover their rows from now on. What
-- was stored without is made anew from the tables.
DROP TABLE column_chunk;
CREATE TABLE column_chunk (
  -- Derived and disposable: the orders, by customer and day, and the customers
  -- as columns of integers, for quick opening. Value i of a part is
  --   base + step * (the width-byte little-endian unsigned integer at i * width).
  -- Deleting these rows costs nothing but one slow opening; a row that is not
  -- of the current generation, or not as its checksum says, is ignored.
  name       TEXT    NOT NULL, -- which column
  part       INTEGER NOT NULL, -- 0, 1, …
  generation INTEGER NOT NULL,
  rows       INTEGER NOT NULL,
  base       INTEGER NOT NULL,
  step       INTEGER NOT NULL,
  width      INTEGER NOT NULL, -- 0, 1, 2, 4 or 8; 0: every value is base
  checksum   INTEGER NOT NULL, -- CRC-32C of name, a zero byte, the six numbers before as 8 little-endian bytes each, and body
  body       BLOB    NOT NULL,
  PRIMARY KEY (name, part)
) STRICT;

DROP TABLE line_chunk;
CREATE TABLE line_chunk (
  -- Derived and disposable: the lines of each source in the order of its orders,
  -- as column_chunk has the orders. A source's lines never change. Deleting these
  -- rows costs nothing but one slow answer to a filter on lines.
  name       TEXT    NOT NULL, -- which column
  part       INTEGER NOT NULL, -- 0, 1, …
  source_id  INTEGER NOT NULL,
  rows       INTEGER NOT NULL,
  base       INTEGER NOT NULL,
  step       INTEGER NOT NULL,
  width      INTEGER NOT NULL, -- 0, 1, 2, 4 or 8; 0: every value is base
  checksum   INTEGER NOT NULL, -- as in column_chunk, with source_id for generation
  body       BLOB    NOT NULL,
  PRIMARY KEY (source_id, name, part)
) STRICT;

DROP TABLE tier_snapshot;
CREATE TABLE tier_snapshot (
  -- Derived and disposable: the tier table shown first on opening.
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  generation INTEGER NOT NULL, -- of the data it was computed from
  checksum   INTEGER NOT NULL, -- CRC-32C of generation, as 8 little-endian bytes, and body
  body       BLOB    NOT NULL
) STRICT;
