// Package importer turns a client's order file into a [model.Intake]: bytes in
// an unknown encoding, with unknown columns, into customers and orders that can
// be stored. Nothing is guessed silently: [Detect] looks at the beginning of
// the file and says what it would do, as a [Plan]; [Read] does it, and accounts
// for every row, the refused ones with line, column, value and reason.
//
//	in, err := importer.Open(ctx, "orders.csv.gz", os.Stdin)
//	defer in.Close()
//	plan, err := importer.Detect(ctx, in, importer.Options{})
//	intake, err := importer.Read(ctx, in, plan, nil)
//
// It reads text in any encoding that can be named; UTF-8, UTF-16, GB18030 (with
// GBK), Big5 and Windows-1252 it recognises. Columns are divided by comma,
// semicolon, tab or bar, or aligned with blanks; titles may stand above the
// header, and there may be none. The file is plain, gzip or Zstandard. A row is
// an order or a line of one.
//
// What only a person can know is not guessed: then the error has the code
// Ambiguous, shows the readings and names the flag that decides.
package importer
