package memory

import (
	"math"
	"unsafe"

	"golang.org/x/sys/windows"
)

// memoryStatus is MEMORYSTATUSEX of the system.
type memoryStatus struct {
	length, load                                                                         uint32
	total, available, totalPage, availablePage, totalVirtual, availableVirtual, extended uint64
}

// Available returns how many bytes of memory are free; the largest number
// where that is not known.
func Available() int64 {
	var m memoryStatus
	m.length = uint32(unsafe.Sizeof(m))
	ask := windows.NewLazySystemDLL("kernel32.dll").NewProc("GlobalMemoryStatusEx")
	if done, _, _ := ask.Call(uintptr(unsafe.Pointer(&m))); done == 0 || m.available > math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(m.available)
}
