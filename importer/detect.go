package importer

import "context"

// Detect looks at the beginning of a file and says how it would be read.
// Errors: Usage (options that make no sense), Empty (no data rows), Invalid
// (no date, customer or amount column, no delimited text), Cancelled.
func Detect(ctx context.Context, in *Input, options Options) (*Plan, error) { return nil, nil }
