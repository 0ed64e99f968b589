package importer

import (
	"math"
	"runtime"
	"runtime/debug"

	"strata/model"
	"strata/model/memory"
	"strata/model/words"
)

// memoryBound tells before it dies that an import needs more memory than there is: a
// small archive can hold any number of rows. Reading may take half of it, since
// putting the orders together and storing them takes about as much again.
type memoryBound struct {
	most  int64 // bytes that reading may take; 0: not known
	there int64 // bytes
	next  int64 // the row at which to look again
}

func newMemoryBound() memoryBound {
	granted := memory.Granted()
	there := min(memory.Available(), debug.SetMemoryLimit(-1)) // as GOMEMLIMIT says
	m := memoryBound{most: there / 2, there: there}
	// Who asks for more than is granted dies, and large blocks lie between small ones.
	if granted/5 < m.most {
		m = memoryBound{most: granted / 5, there: granted}
	}
	if m.there == math.MaxInt64 {
		return memoryBound{}
	}
	return m
}

// rows returns how many rows of those expected can be made room for at once.
func (m *memoryBound) rows(expected int) int {
	const least = 64 // bytes a row takes
	if m.most == 0 {
		return expected
	}
	return int(min(int64(expected), m.most/2/least))
}

// check looks at the memory in use after so many rows. Error: Invalid.
func (m *memoryBound) check(path string, rows int64) error {
	if m.most == 0 || rows < m.next || memory.InUse() < m.most {
		return nil
	}
	runtime.GC() // what is garbage does not count
	used := memory.InUse()
	if used >= m.most {
		const mega = 1 << 20
		return model.Errorf(model.Invalid, "{path} is too large for the memory of this machine: its first {rows} take {used} MiB of the {free} MiB that are free, and storing needs the rest", "path", path, "rows", words.Plural(rows, "row", "rows"), "used", used/mega, "free", m.there/mega).
			WithHint("split the file by date and import the parts one after another, or use a machine with more memory; nothing was stored")
	}
	// Half of the way to where the bound would be reached.
	m.next = rows + max(1, int64(float64(rows)*(float64(m.most)/float64(max(used, 1))-1)/2))
	return nil
}
