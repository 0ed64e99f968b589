// Package memory tells how much memory there is for the process, and refuses what
// needs more before it asks for it: Go ends a process that gets none with a dump.
package memory

import (
	"math"
	"runtime/debug"
	"runtime/metrics"

	"strata/model"
)

// Respect has garbage collected in time where the process may have only so much
// memory. Error: Unreadable where that is less than any work takes.
func Respect() error {
	if err := aboveFloor(); err != nil {
		return err
	}
	granted := Granted()
	if most := granted / 4 * 3; granted < math.MaxInt64 && most < debug.SetMemoryLimit(-1) {
		debug.SetMemoryLimit(most)
	}
	return nil
}

// Fits makes sure that the process may have so many bytes more, to work with a file.
// Error: Unreadable.
func Fits(path string, bytes int64) error {
	granted := Granted()
	free := max(granted-InUse(), 0)
	if granted == math.MaxInt64 || bytes <= free {
		return nil
	}
	return model.Errorf(model.Unreadable, "{path:q} needs more memory than this process may have: about {needed} MiB of the {free} MiB that are free", "path", path, "needed", mebibytes(bytes)+1, "free", mebibytes(free)).
		WithHint("raise the limit (`ulimit -v unlimited`, or that of the container), or use a machine with more memory")
}

func mebibytes(bytes int64) int64 { return bytes >> 20 }

// InUse returns how many bytes Go uses, garbage included.
func InUse() int64 { return metric("/memory/classes/heap/objects:bytes") }

// metric returns a number that Go keeps of itself.
func metric(name string) int64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}
