package importer

import (
	"bufio"
	"bytes"
	"math"
	"os"
	"strconv"
	"strings"
)

// availableMemory returns how many bytes of memory a program can have without
// others being swapped out, or killed for it; the largest number where that is not
// known.
func availableMemory() int64 {
	most := int64(math.MaxInt64)
	for _, limit := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		text, err := os.ReadFile(limit)
		if n, bad := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil && bad == nil && n > 0 {
			most = min(most, n)
		}
	}
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return most
	}
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		rest, found := strings.CutPrefix(lines.Text(), "MemAvailable:")
		if kilo, bad := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(rest, "kB")), 10, 64); found && bad == nil {
			most = min(most, kilo<<10)
		}
	}
	return most
}
