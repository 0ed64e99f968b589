package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strata/model"
)

// TestFairRulesOnOnlineRetail: whom the rules keep was worked out from thirteen
// lists of scores, one a month, by a program of its own.
func TestFairRulesOnOnlineRetail(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("SKIPPED: imports and walks half a million lines")
	}
	w := filepath.Join(t.TempDir(), "shop.strata")
	mustRun(t, exitRefused, "import", w, sharedData(t, "uci_online_retail/OnlineRetail.csv.gz"))
	rules := []string{"--grace", "2", "--stay", "6", "--band", "1"}
	out := mustRun(t, exitDone, append([]string{"tiers", w, "--format", "json"}, rules...)...).out
	j := decodeTiers(t, out)
	want := []keptJSON{
		{"high", "band", 170, ""},
		{"high", "grace", 83, ""},
		{"high", "stay", 67, ""},
		{"mid", "band", 292, ""},
		{"mid", "grace", 126, ""},
		{"mid", "stay", 122, ""},
	}
	if len(j.Fair.Kept) != len(want) {
		t.Fatalf("kept %+v, want %+v", j.Fair.Kept, want)
	}
	for i, k := range j.Fair.Kept {
		if k.Revenue = ""; k != want[i] {
			t.Errorf("kept %+v, want %+v", k, want[i])
		}
	}
	if got, want := customersOf(j.Tiers), "1482 1490 1367"; got != want {
		t.Errorf("tiers of %s customers, want %s", got, want)
	}
	if b := j.Fair.ByScores; b[0].Customers != 1_162 || b[1].Customers != 1_270 || b[2].Customers != 1_907 {
		t.Errorf("by scores alone %+v", b)
	}
	text := mustRun(t, exitDone, append([]string{"tiers", w}, rules...)...).out
	expectOut(t, text,
		"fair rules   grace 2 months · stay 6 months · band 1 · looking back 12 months\n",
		"  keep 320 customers in HIGH (0.54M of revenue): 170 by the band, 83 by grace, 67 by stay\n",
		"  by scores alone: HIGH 1,162, MID 1,270, LOW 1,907\n",
		"  Kept in HIGH              320    7.4%")
	off := mustRun(t, exitDone, append([]string{"tiers", w, "--format", "json", "--fair", "off"}, rules...)...).out
	if j := decodeTiers(t, off); !j.Fair.Off || len(j.Fair.Kept) != 0 || customersOf(j.Tiers) != "1162 1270 1907" {
		t.Errorf("switched off: %+v, tiers of %s", j.Fair, customersOf(j.Tiers))
	}
}

func TestOverridesFromAFile(t *testing.T) {
	t.Parallel()
	w := smallShop(t)
	scores := strings.Split(mustRun(t, exitDone, "scores", w, "--tier", "low", "--limit", "1", "--format", "csv").out, "\n")
	key, _, _ := strings.Cut(scores[1], ",")
	file := writeFile(t, filepath.Join(t.TempDir(), "overrides.csv"),
		"\ufeffCustomer,tier,until,reason,author\n"+key+",high,2999-12-31,\"key account, new\",LM\nnobody,mid,,,\nold,low,1999-01-01,,\n")
	r := mustRun(t, exitDone, "tiers", w, "--overrides", file)
	expectOut(t, r.out, "fair rules   1 of 3 overrides in force (1 expired, 1 of customers who are not tiered in these data)\n", "keep 1 customer in HIGH (", " of revenue): 1 by an override", "Kept in HIGH")
	expectOut(t, r.err, "not in the workspace: nobody", "1 override has expired: old")
	expectOut(t, mustRun(t, exitDone, "customer", w, key, "--overrides", file).out,
		"Kept in HIGH · HIGH", "kept in HIGH by an override until 2999-12-31: key account, new (LM)")
	expectOut(t, mustRun(t, exitDone, "customer", w, key, "--overrides", file, "--format", "json").out,
		`"by": "override"`, `"reason": "key account, new"`, `"elsewhere": true`)
	expectOut(t, mustRun(t, exitDone, "scores", w, "--overrides", file, "--segment", "kept-high", "--format", "csv").out, key)
	mustRun(t, exitUsage, "scores", w, "--segment", "kept-high")
	expectOut(t, mustRun(t, exitDone, "tiers", w, "--overrides", file, "--format", "json").out, `"overrides_in_force": 1,`)
	alone := writeFile(t, filepath.Join(t.TempDir(), "alone.csv"), "customer,tier\n"+key+",high\n")
	expectOut(t, mustRun(t, exitDone, "tiers", w, "--overrides", alone).out, "fair rules   1 override\n")
}

// What comes through a pipe can be read only once.
func TestOverridesAreReadOnce(t *testing.T) {
	t.Parallel()
	file := writeFile(t, filepath.Join(t.TempDir(), "overrides.csv"), "customer,tier\nx,high\n")
	f := fairFlags{overrides: file}
	var checked, used model.Fairness
	if err := f.apply(&checked); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := f.apply(&used); err != nil || len(used.Overrides) != 1 || used.Overrides[0].Customer != "x" {
		t.Errorf("%+v, %v", used.Overrides, err)
	}
}

func TestOverrideFilesSayWhereTheyAreWrong(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                  "o.csv is empty; begin with the line customer,tier,until,reason,author",
		"who,tier\n":                        `o.csv, line 1, column 1: the column "who" is unknown`,
		"customer,tier,tier\n":              `the column "tier" is unknown or repeated`,
		"customer\n":                        "o.csv, line 1, column 1: there is no column tier",
		"customer,tier\n,high\n":            "o.csv, line 2, column 1: an override without a customer",
		"customer,tier\nx,high\ny,gold\n":   `o.csv, line 3, column 3: no tier "gold"; use high, mid or low`,
		"tier,customer\nlow,x\nmid,x\n":     `o.csv, line 3, column 5: customer "x" already has an override on line 2`,
		"customer,tier,until\nx,low,soon\n": `o.csv, line 2, column 7: "soon" is not a day`,
		"customer,tier\nx\n":                "o.csv, line 2, column 1: wrong number of fields",
		"customer,tier\n\"x,low\n":          "o.csv, line 2, column",
	} {
		_, err := readOverrides("o.csv", text)
		if err == nil || model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want it to contain %q", text, err, want)
		}
	}
}

func TestFairFlagsAreChecked(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--grace", "two"}, {"--grace", "-1"}, {"--stay", "61"}, {"--band", "x"}, {"--fair", "maybe"}} {
		mustRun(t, exitUsage, append([]string{"tiers", "none.strata"}, args...)...)
	}
	mustRun(t, exitFailed, "tiers", "none.strata", "--overrides", "missing.csv")
}
