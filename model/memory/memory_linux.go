package memory

import (
	"bufio"
	"bytes"
	"io/fs"
	"math"
	"os"
	"path"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"strata/model"
)

// Granted returns how many bytes the process may have before it is killed, or
// gets no more; the largest number where there is no limit.
func Granted() int64 {
	system := os.DirFS("/")
	return min(groupMemory(system), addressSpace(system))
}

// Available returns how many bytes of memory a program can have without
// others being swapped out, or killed for it; the largest number where that is not
// known.
func Available() int64 {
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

// A bound is a limit of the process on its memory.
type bound struct {
	limit  int    // as the system numbers it
	option string // of ulimit
	used   int    // the field of proc/self/statm that counts towards it, in pages
	least  int64  // bytes without which no work is begun
}

// bounds are those that Go meets. It reserves 1.2 GiB of addresses before it begins,
// and uses few of them; a workspace of 200,000 orders takes 0.1 GiB more.
var bounds = []bound{
	{limit: unix.RLIMIT_AS, option: "-v", used: 0, least: 3 << 29},
	{limit: unix.RLIMIT_DATA, option: "-d", used: 5, least: 1 << 28},
}

// value returns the bound in bytes; the largest number where there is none.
func (b bound) value() int64 {
	var l unix.Rlimit
	if err := unix.Getrlimit(b.limit, &l); err != nil || l.Cur > math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(l.Cur)
}

// aboveFloor makes sure that no bound is too low for any work. Error: Unreadable.
func aboveFloor() error {
	for _, b := range bounds {
		if most := b.value(); most < b.least {
			return model.Errorf(model.Unreadable, "this process may have {most} KiB of memory (ulimit {option}), and strata needs {least} KiB", "most", most>>10, "option", b.option, "least", b.least>>10).
				WithHint("raise the limit: `ulimit {option} unlimited`", "option", b.option)
		}
	}
	return nil
}

// addressSpace returns what the limits of the process (ulimit -v and -d) leave to Go's
// memory: there count the program itself, and much that is reserved only.
func addressSpace(system fs.FS) int64 {
	text, err := fs.ReadFile(system, "proc/self/statm") // in pages
	most := int64(math.MaxInt64)
	for _, b := range bounds {
		limit := b.value()
		if err != nil || limit == math.MaxInt64 {
			continue
		}
		if fields := strings.Fields(string(text)); b.used < len(fields) {
			pages, _ := strconv.ParseInt(fields[b.used], 10, 64)
			most = min(most, max(limit-pages*int64(os.Getpagesize())+metric("/memory/classes/total:bytes"), 1))
		}
	}
	return most
}
