package importer

import (
	"context"

	"strata/model"
)

// ReadInBlocks is Read with blocks of another size.
func ReadInBlocks(ctx context.Context, in *Input, plan *Plan, size int) (*model.Intake, error) {
	return read(ctx, in, plan, nil, size)
}
