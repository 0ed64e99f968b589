// Package importer turns a client's order file into a [model.Intake]: bytes in
// an unknown encoding, with unknown columns, into customers and orders that can
// be stored. Nothing is guessed silently: [Detect] looks at the beginning of
// the file and says what it would do, as a [Plan]; [Read] does it, and accounts
// for every row, the refused ones with line, column, value and reason.
//
//	in, err := importer.Open("orders.csv.gz", os.Stdin)
//	defer in.Close()
//	plan, err := importer.Detect(ctx, in, importer.Options{})
//	intake, err := importer.Read(ctx, in, plan, nil)
//
// It reads delimited text: comma, semicolon, tab or bar; UTF-8 or Windows-1252;
// plain or gzip. A row is an order or a line of one.
package importer
