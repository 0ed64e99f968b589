package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// A workspace from somebody else may hold texts of any length: what strata never
// writes is told as damage, before it takes memory.
func TestLongTextsOfAWorkspace(t *testing.T) {
	t.Parallel()
	workspace, _ := damageable(t)
	for name, test := range map[string]struct{ statement, command, want string }{
		"currency":      {"INSERT OR REPLACE INTO setting VALUES ('currency', %s)", "tiers W", "a text in it is longer than any"},
		"plan":          {"UPDATE source SET plan = %s", "sources W", "a text in it is longer than any"},
		"column":        {"UPDATE attribute SET name = %s WHERE id = 1", "tiers W", "a text in it is longer than any"},
		"scenario":      {"UPDATE scenario SET note = %s", "scenario list W", "a text in it is longer than any"},
		"edit":          {"UPDATE history SET scheme = %s", "log W", "a text in it is longer than any"},
		"edit's label":  {"UPDATE history SET label = %s", "undo W", "a text in it is longer than any"},
		"refused row":   {"UPDATE reject SET row = %s WHERE id = 1", "rejects W", "a text in it is longer than any"},
		"refused, less": {"UPDATE reject SET row = substr(%s, 1, 4000000) WHERE id = 1", "rejects W", "of source 1 is longer than any"},
		"customer":      {"DELETE FROM column_chunk; UPDATE customer SET key = %s WHERE id = 1", "tiers W", "a text in it is longer than any"},
		"column chunk":  {"UPDATE column_chunk SET body = zeroblob(20000000)", "tiers W", ""}, // made anew
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "w.strata")
			mustRun(t, exitDone, "backup", workspace, path)
			test.statement = strings.ReplaceAll(test.statement, "%s", "printf('%.*c', 20000000, 'x')")
			alter(t, path, "DELETE FROM seal", "PRAGMA user_version = 8", test.statement) // as one of an older schema, which may have none
			for _, command := range []string{test.command, "check W"} {
				r := strata(t, "", strings.Fields(strings.ReplaceAll(command, "W", path))...)
				told := r.out + r.err
				if want := test.want; command == test.command && (want != "") != (r.status == exitFailed) || !strings.Contains(told, want) {
					t.Errorf("%s: exit status %d: %.500s", command, r.status, told)
				}
				if len(told) > 100_000 {
					t.Errorf("%s: %d bytes are told", command, len(told))
				}
			}
		})
	}
}
