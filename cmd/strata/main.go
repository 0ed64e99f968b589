// Command strata is a terminal workbench for customer tiering. See README.md;
// `strata --help` lists the commands.
package main

import (
	"context"
	"os"
	_ "time/tzdata" // for systems that have no time zones of their own
)

// version is set by the build.
var version = "development"

func main() {
	untilEnded(func(ctx context.Context) int {
		return run(ctx, os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr})
	})
}
