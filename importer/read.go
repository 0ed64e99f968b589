package importer

import (
	"context"

	"strata/model"
)

// Read reads the whole file as planned. report (may be nil) is called from
// other goroutines, one call at a time, with bytes of the stored file as unit.
// Errors: Ambiguous (nothing tells day and month apart), Invalid (a bad row
// under --on-bad stop, no row accepted, an endless line), Corrupt (truncated
// gzip), Unreadable, Cancelled.
func Read(ctx context.Context, in *Input, plan *Plan, report func(model.Progress)) (*model.Intake, error) {
	return nil, nil
}
