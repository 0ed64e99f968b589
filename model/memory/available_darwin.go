package memory

import (
	"math"

	"golang.org/x/sys/unix"
)

// Available returns how many bytes of memory the machine has; the largest
// number where that is not known.
func Available() int64 {
	n, err := unix.SysctlUint64("hw.memsize")
	if err != nil || n > math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(n)
}
