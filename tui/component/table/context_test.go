package table_test

import "context"

// contextOf is that of work that is done, and stopped that of work that is not.
var contextOf, stopped = context.Background(), func() context.Context {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	return ctx
}()
