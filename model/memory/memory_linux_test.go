package memory

import (
	"math"
	"testing"
	"testing/fstest"
)

// A group's limit and those of the groups that it is in hold, in both versions of
// control groups, and those that a container sees where its own path is not there.
func TestMemoryOfGroups(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		files map[string]string
		want  int64
	}{
		"none":   {nil, math.MaxInt64},
		"no max": {map[string]string{"proc/self/cgroup": "0::/a\n", "sys/fs/cgroup/a/memory.max": "max\n"}, math.MaxInt64},
		"own": {map[string]string{
			"proc/self/cgroup": "0::/user.slice/run-1.scope\n", "sys/fs/cgroup/user.slice/run-1.scope/memory.max": "1000\n",
		}, 1000},
		"parent's": {map[string]string{
			"proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/b/memory.max": "2000\n", "sys/fs/cgroup/a/memory.max": "500\n",
		}, 500},
		"version 1": {map[string]string{
			"proc/self/cgroup": "11:cpu,cpuacct:/x\n4:memory:/a/b\n0::/\n",
			"sys/fs/cgroup/memory/a/memory.limit_in_bytes": "700\n", "sys/fs/cgroup/memory/a/b/memory.limit_in_bytes": "9223372036854771712\n",
		}, 700},
		"container": {map[string]string{"proc/self/cgroup": "0::/docker/0123\n", "sys/fs/cgroup/memory.max": "300\n"}, 300},
		"outside":   {map[string]string{"proc/self/cgroup": "0::/../x\n", "sys/fs/cgroup/memory.max": "300\n"}, 300},
		"container, version 1": {map[string]string{
			"proc/self/cgroup": "4:memory:/docker/0123\n", "sys/fs/cgroup/memory/memory.limit_in_bytes": "400\n",
		}, 400},
	} {
		system := fstest.MapFS{}
		for path, text := range test.files {
			system[path] = &fstest.MapFile{Data: []byte(text)}
		}
		if got := groupMemory(system); got != test.want {
			t.Errorf("%s: %d, want %d", name, got, test.want)
		}
	}
}
