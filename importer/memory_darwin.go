package importer

import (
	"math"

	"golang.org/x/sys/unix"
)

// availableMemory returns how many bytes of memory the machine has; the largest
// number where that is not known.
func availableMemory() int64 {
	n, err := unix.SysctlUint64("hw.memsize")
	if err != nil || n > math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(n)
}
