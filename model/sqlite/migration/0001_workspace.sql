-- A strata workspace: one client engagement in one SQLite file. The comments
-- inside the statements stay in the file, for whoever looks with .schema.
--
-- Every column of a client file that was kept is a column of customer, orders
-- or order_line, NULL where the file had nothing. Foreign keys are declared to
-- be read; whoever writes this file keeps them by construction.

PRAGMA application_id = 0x53545241; -- "STRA"

CREATE TABLE setting (
  -- Single facts: currency (ISO code or symbol), generation (rises by one with
  -- every import), head (id of the current edit in history), baseline (the
  -- scheme others are compared with). What is unknown or at its default is absent.
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE source (
  -- One imported file, with the account of its import.
  id          INTEGER PRIMARY KEY,
  path        TEXT    NOT NULL, -- as the person gave it
  kind        TEXT    NOT NULL, -- orders | lines
  encoding    TEXT    NOT NULL,
  delimiter   TEXT    NOT NULL,
  plan        TEXT    NOT NULL, -- everything chosen for the import
  fingerprint TEXT    NOT NULL, -- SHA-256 of the content
  bytes       INTEGER NOT NULL, -- size as stored
  rows        INTEGER NOT NULL, -- data rows read = accepted + rejected
  accepted    INTEGER NOT NULL,
  corrected   INTEGER NOT NULL, -- accepted rows of which a value was mended
  rejected    INTEGER NOT NULL,
  duplicates  INTEGER NOT NULL, -- rows equal to an earlier row, kept
  reasons     TEXT    NOT NULL, -- rejected rows by code, as a JSON object
  seconds     REAL    NOT NULL, -- how long reading took
  imported_at TEXT    NOT NULL, -- UTC: 2026-11-21T14:02:00.000Z
  -- What it brought, before any policy. Its orders have the ids
  -- first_order_id, first_order_id + 1, …
  first_order_id INTEGER NOT NULL,
  orders      INTEGER NOT NULL,
  value_e4    INTEGER NOT NULL, -- bought, in ten-thousandths
  returned_e4 INTEGER NOT NULL,
  return_only INTEGER NOT NULL, -- orders that are pure returns
  first_day   INTEGER,          -- days since 1970-01-01; NULL when it brought no order
  last_day    INTEGER
) STRICT;

CREATE TABLE reject (
  -- A row that was refused; in file order.
  id        INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source,
  line      INTEGER NOT NULL, -- where the row begins, from 1
  header    TEXT    NOT NULL, -- of the offending column, or its number
  value     TEXT    NOT NULL, -- what stood there
  code      TEXT    NOT NULL,
  reason    TEXT    NOT NULL
) STRICT;

CREATE TABLE attribute (
  -- A kept column of the client's files.
  id          INTEGER PRIMARY KEY,
  subject     TEXT    NOT NULL CHECK (subject IN ('customer', 'order', 'line')),
  name        TEXT    NOT NULL, -- as in the header
  column_name TEXT    NOT NULL, -- in customer, orders or order_line
  field       TEXT    NOT NULL, -- the known field it was recognised as, or ''
  source_id   INTEGER NOT NULL REFERENCES source, -- that brought it first
  UNIQUE (subject, name),
  UNIQUE (subject, column_name)
) STRICT;

CREATE TABLE customer (
  -- A customer, numbered 1, 2, … in order of first appearance. Then the kept
  -- columns: a later file's value replaces an earlier one unless it is empty.
  id  INTEGER PRIMARY KEY,
  key TEXT NOT NULL -- as it stands in the files, leading zeros kept; unique
) STRICT;

CREATE TABLE orders (
  -- What one customer bought at once: the lines of an order id are rolled up.
  -- The orders of a source stand together, by customer, day and file order.
  -- Then the kept columns. order_view shows this with dates and decimals.
  id          INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customer,
  source_id   INTEGER NOT NULL REFERENCES source,
  order_key   TEXT,             -- the file's order id; NULL where it has none
  day         INTEGER NOT NULL, -- of the first line: date(day * 86400, 'unixepoch')
  value_e4    INTEGER NOT NULL, -- bought, >= 0, in ten-thousandths: value_e4 / 10000.0
  returned_e4 INTEGER NOT NULL, -- given back, >= 0, in ten-thousandths
  flags       INTEGER NOT NULL, -- 1: something was bought, 2: something was returned, 3: both
  lines       INTEGER NOT NULL  -- file rows rolled up into the order
) STRICT;

CREATE TABLE order_line (
  -- A line of an order, from files whose rows are order lines. Then the kept columns.
  id          INTEGER PRIMARY KEY,
  order_id    INTEGER NOT NULL REFERENCES orders,
  quantity_e4 INTEGER,         -- in ten-thousandths of a piece
  price_e4    INTEGER,         -- of one piece, in ten-thousandths
  amount_e4   INTEGER NOT NULL -- in ten-thousandths; negative for a return
) STRICT;

CREATE TABLE history (
  -- Every change of the working scheme, kept for ever. The edits form a tree:
  -- undoing and then changing something else starts a branch.
  id        INTEGER PRIMARY KEY,
  parent_id INTEGER NOT NULL, -- 0: the beginning
  edited_at TEXT    NOT NULL, -- UTC: 2026-11-21T14:02:00.000Z
  label     TEXT    NOT NULL,
  scheme    TEXT    NOT NULL  -- the whole scheme after the edit
) STRICT;

CREATE TABLE column_chunk (
  -- Derived and disposable: the orders, by customer and day, and the customers
  -- as columns of integers, for quick opening. Value i of a part is
  --   base + step * (the width-byte little-endian unsigned integer at i * width).
  -- Deleting these rows costs nothing but one slow opening; a row that is not
  -- of the current generation is ignored.
  name       TEXT    NOT NULL, -- which column
  part       INTEGER NOT NULL, -- 0, 1, …
  generation INTEGER NOT NULL,
  rows       INTEGER NOT NULL,
  base       INTEGER NOT NULL,
  step       INTEGER NOT NULL,
  width      INTEGER NOT NULL, -- 0, 1, 2, 4 or 8; 0: every value is base
  checksum   INTEGER NOT NULL, -- CRC-32C of body
  body       BLOB    NOT NULL,
  PRIMARY KEY (name, part)
) STRICT;

CREATE TABLE tier_snapshot (
  -- Derived and disposable: the tier table shown first on opening.
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  generation INTEGER NOT NULL, -- of the data it was computed from
  body       BLOB    NOT NULL
) STRICT;
