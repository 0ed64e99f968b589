package importer

import (
	"bufio"
	"bytes"
	"errors"
	"io/fs"
	"math"
	"os"
	"path"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// grantedMemory returns how many bytes the process may have before it is killed, or
// gets no more; the largest number where there is no limit.
func grantedMemory() int64 {
	system := os.DirFS("/")
	return min(groupMemory(system), addressSpace(system))
}

// availableMemory returns how many bytes of memory a program can have without
// others being swapped out, or killed for it; the largest number where that is not
// known.
func availableMemory() int64 {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return math.MaxInt64
	}
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		rest, found := strings.CutPrefix(lines.Text(), "MemAvailable:")
		if kilo, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(rest, "kB")), 10, 64); found && err == nil {
			return kilo << 10
		}
	}
	return math.MaxInt64
}

// groupMemory returns the lowest limit of the control groups that the process is in,
// from its own up: proc/self/cgroup has a line "0::/PATH" for version 2 and
// "NUMBER:memory:/PATH" for version 1, https://man7.org/linux/man-pages/man7/cgroups.7.html.
// In a container the path may be that of the machine, which is not there; what is
// mounted is the container's then.
func groupMemory(system fs.FS) int64 {
	most := int64(math.MaxInt64)
	text, _ := fs.ReadFile(system, "proc/self/cgroup") // not there: the root of each
	groups := append(strings.Split(string(text), "\n"), "0::/", "0:memory:/")
	for _, line := range groups {
		fields := strings.SplitN(line, ":", 3)
		if len(fields) < 3 {
			continue
		}
		root, name := "sys/fs/cgroup", "memory.max"
		if fields[1] != "" {
			root, name = "sys/fs/cgroup/memory", "memory.limit_in_bytes"
			if !strings.Contains(","+fields[1]+",", ",memory,") {
				continue
			}
		}
		for group := path.Clean("/" + fields[2]); ; group = path.Dir(group) {
			text, err := fs.ReadFile(system, path.Join(root, group, name))
			if n, bad := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil && bad == nil && n > 0 {
				most = min(most, n)
			}
			if group == "/" {
				break
			}
		}
	}
	return most
}

// addressSpace returns what the limits of the process (ulimit -v and -d) leave to Go's
// memory: there count the program itself, and much that is reserved only.
func addressSpace(system fs.FS) int64 {
	const sizeField, dataField = 0, 5
	text, err := fs.ReadFile(system, "proc/self/statm") // in pages
	most := int64(math.MaxInt64)
	for limit, field := range map[int]int{unix.RLIMIT_AS: sizeField, unix.RLIMIT_DATA: dataField} {
		var l unix.Rlimit
		if errors.Join(err, unix.Getrlimit(limit, &l)) != nil || l.Cur > math.MaxInt64 {
			continue
		}
		if fields := strings.Fields(string(text)); field < len(fields) {
			pages, _ := strconv.ParseInt(fields[field], 10, 64)
			most = min(most, max(int64(l.Cur)-pages*int64(os.Getpagesize())+metric("/memory/classes/total:bytes"), 1))
		}
	}
	return most
}
