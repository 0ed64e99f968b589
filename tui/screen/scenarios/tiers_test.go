package scenarios_test

import (
	"strings"
	"testing"

	"strata/tui/session/memory"
)

// Every scenario is pictured under its own scheme, whatever the active one is.
func TestTiersOfEachScenario(t *testing.T) {
	t.Parallel()
	store := memory.New(8, 600)
	st := open(t, store, 200, 57)
	st.save("before", "")
	const before = "H█M▓▓L▒▒▒"
	st.expect("tiers", before, "HIGH 26.3%, MID 26.2%, LOW 47.5%")
	st.step(3000) // all are recent
	st.save("later", "")
	st = open(t, store, 200, 57) // nothing is counted yet
	pictures := map[string]string{}
	for _, line := range strings.Split(st.drawn(), "\n") {
		fields := strings.Fields(line)
		if len(fields) > 2 && strings.HasPrefix(fields[2], "H") {
			pictures[fields[1]] = fields[2]
		}
	}
	if pictures["before"] != before || pictures["later"] == before || pictures["later"] == "" {
		t.Errorf("pictured %v in\n%s", pictures, st.drawn())
	}
}
