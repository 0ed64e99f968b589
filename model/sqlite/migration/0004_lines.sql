-- What orders and lines cost, and the lines as columns.

ALTER TABLE source ADD COLUMN cost_e4 INTEGER; -- of its orders, in ten-thousandths; NULL where the file has no cost

ALTER TABLE orders ADD COLUMN cost_e4 INTEGER; -- of what was bought, less that of what was returned; NULL where the file has no cost

ALTER TABLE order_line ADD COLUMN cost_e4 INTEGER; -- of the whole line; negative for a return
ALTER TABLE order_line ADD COLUMN refund_e4 INTEGER; -- given back of the amount; NULL where the file does not say
ALTER TABLE order_line ADD COLUMN flags INTEGER; -- as in orders; NULL: 2 where amount_e4 < 0, or where it is 0 and quantity_e4 < 0, else 1

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
  checksum   INTEGER NOT NULL, -- CRC-32C of body
  body       BLOB    NOT NULL,
  PRIMARY KEY (source_id, name, part)
) STRICT;
