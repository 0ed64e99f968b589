package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func writeFile(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPlanIsSavedAndReplayed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	june := writeFile(t, filepath.Join(dir, "june.csv"), "who,when,goods,postage\nA,2020-06-25,10,1\nB,2020-06-02,20,2\n")
	july := writeFile(t, filepath.Join(dir, "july.csv"), "who,when,goods,postage\nA,2020-07-25,30,3\n")
	w, plan := filepath.Join(dir, "w.strata"), filepath.Join(dir, "plan.yaml")
	mustRun(t, exitDone, "import", w, june, "--map", "customer=who,date=when,amount=goods+postage", "--save-plan", plan)
	r := mustRun(t, exitDone, "import", w, july, "--plan", plan, "--format", "json")
	var j importInJSON
	if err := json.Unmarshal([]byte(r.out), &j); err != nil || j.Revenue != "66.00" || !strings.Contains(j.Files[0].PlanFile, "amount: goods+postage") {
		t.Errorf("%v: %s", err, r.out)
	}
	if r = mustRun(t, exitFailed, "import", w, july, "--again", "--plan", plan, "--save-plan", plan); !strings.Contains(r.err, "already exists") {
		t.Error(r.err)
	}
	mustRun(t, exitUsage, "import", w, june, july, "--save-plan", filepath.Join(dir, "other.yaml"))
	if j := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--format", "json").out); j.Orders != 3 {
		t.Errorf("%d orders: a plan that cannot be saved must stop the import before it begins", j.Orders)
	}
	writeFile(t, plan, "kind: orders\nbuyer: who\n")
	if r = mustRun(t, exitFailed, "import", w, july, "--plan", plan); !strings.Contains(r.err, plan+": line 2, column 1") {
		t.Error(r.err)
	}
}

func TestRefusedRowsAreCorrectedAndImported(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := writeFile(t, filepath.Join(dir, "orders.csv"), smallOrders)
	w, refused := filepath.Join(dir, "w.strata"), filepath.Join(dir, "refused.csv")
	if r := mustRun(t, exitFailed, "import", w, file, "--on-bad", "stop"); !strings.Contains(r.err, "orders.csv:5:client:") {
		t.Error(r.err)
	}
	if _, err := os.Stat(w); err == nil {
		t.Error("--on-bad stop left a workspace")
	}
	mustRun(t, exitRefused, "import", w, file)
	r := mustRun(t, exitDone, "rejects", w, "--export", refused)
	if !strings.Contains(r.out, "3 refused rows") {
		t.Error(r.out)
	}
	text, err := os.ReadFile(refused)
	if want := "order,client,bought,total\n4,,2024-03-16,1.00\n5,Cid,2024-13-45,1.00\n6,Dee,2024-03-17,abc\n"; err != nil || string(text) != want {
		t.Errorf("%v: %q", err, text)
	}
	writeFile(t, refused, strings.NewReplacer("4,,", "4,Eve,", "13-45", "12-31", "abc", "9").Replace(string(text)))
	mustRun(t, exitDone, "import", w, refused)
	j := decodeTiers(t, mustRun(t, exitDone, "tiers", w, "--format", "json").out)
	if j.Customers != 5 || j.Orders != 7 {
		t.Errorf("%d customers, %d orders", j.Customers, j.Orders)
	}
}

// Without amounts recency and frequency work, and it is said that monetary is
// missing.
func TestOrdersWithoutAmount(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := writeFile(t, filepath.Join(dir, "visits.csv"), "member,visited\nA,2020-01-02\nA,2020-02-03\nB,2020-01-05\n")
	w := filepath.Join(dir, "w.strata")
	if r := mustRun(t, exitDone, "import", w, file); !strings.Contains(r.err, "monetary is missing, not 0") {
		t.Error(r.err)
	}
	r := mustRun(t, exitDone, "tiers", w, "--format", "json")
	if j := decodeTiers(t, r.out); j.Customers != 2 || j.Orders != 3 || !strings.Contains(r.out, "no-amounts") {
		t.Error(r.out)
	}
}
