package importer_test

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"strata/importer"
	"strata/model"
)

var update = flag.Bool("update", false, "write what comes out as what must come out")

// Every file of the battery is difficult in one way, and stands beside what
// must come out without any flag: the plan, the account and the sums, or the
// one sentence that says what to do.
func TestBattery(t *testing.T) {
	t.Parallel()
	const dir = "testdata/battery"
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	right, asked, refused, all := 0, 0, 0, 0
	for _, file := range files {
		if strings.HasSuffix(file.Name(), wantSuffix) {
			continue
		}
		all++
		got, code := outcome(t, filepath.Join(dir, file.Name()))
		path := filepath.Join(dir, file.Name()+wantSuffix)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case got != string(want):
			t.Errorf("%s: got\n%swant\n%s", file.Name(), got, want)
		case code == "":
			right++
		case code == model.Ambiguous:
			asked++
		default:
			refused++
		}
	}
	const fewest = 60
	if all < fewest {
		t.Errorf("only %d files", all)
	}
	t.Logf("of %d difficult files %d are read right at the first guess, %d have two readings and are asked about, %d cannot be read and are refused with a reason",
		all, right, asked, refused)
}

const wantSuffix = ".want"

// outcome reads a file without any flag and says what came of it; code is ""
// when it was read.
func outcome(t *testing.T, path string) (text string, code model.Code) {
	t.Helper()
	in, err := importer.Open(t.Context(), path, nil)
	if err != nil {
		return errorText(path, err), model.CodeOf(err)
	}
	defer in.Close()
	plan, err := importer.Detect(t.Context(), in, importer.Options{})
	if err != nil {
		return errorText(path, err), model.CodeOf(err)
	}
	intake, err := importer.Read(t.Context(), in, plan, nil)
	if err != nil {
		return errorText(path, err), model.CodeOf(err)
	}
	return account(plan, intake), ""
}

func errorText(path string, err error) string {
	var e *model.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	return fmt.Sprintf("%s: %s\n%s\n", e.Code, strings.ReplaceAll(e.Message, path, "FILE"), e.Hint)
}

// account tells of an intake what a person would check.
func account(plan *importer.Plan, in *model.Intake) string {
	s := in.Source
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s, %s, delimiter %s, decimal %s, currency %s, %d lines above %d of header\n", plan, s.Kind, s.Encoding,
		importer.DelimiterName(s.Delimiter), plan.Decimal, cmp.Or(in.Currency, "unknown"), plan.Skip, plan.HeaderLines)
	fmt.Fprintf(&b, "%d rows, %d accepted, %d corrected, %d equal to an earlier one, %d refused", s.Rows, s.Accepted, s.Corrected, s.Duplicates, s.Rejected)
	for _, code := range slices.Sorted(maps.Keys(s.Reasons)) {
		fmt.Fprintf(&b, ", %d %s", s.Reasons[code], code)
	}
	first, last := slices.Min(in.OrderDay), slices.Max(in.OrderDay)
	fmt.Fprintf(&b, "\n%d customers, the first %q; %d orders from %s to %s, %s bought, %s returned\n", in.Customers.Len(), in.Customers.At(0),
		len(in.OrderDay), first, last, sum(in.OrderValue), sum(in.OrderReturned))
	var kept []string
	for _, a := range slices.Concat(in.CustomerAttributes, in.OrderAttributes) {
		kept = append(kept, a.Name)
	}
	if len(kept) > 0 {
		fmt.Fprintf(&b, "kept: %s\n", strings.Join(kept, ", "))
	}
	for _, c := range plan.Columns {
		if c.RunnerUp != "" {
			fmt.Fprintf(&b, "%s could also be %s\n", c.Field, c.RunnerUp)
		}
	}
	for _, w := range plan.Warnings {
		fmt.Fprintf(&b, "%s: %s\n", w.Code, w.Message)
	}
	return b.String()
}

// What is said of each faulty file, to the letter. Whether it is right, check.py
// decides (see cmd/strata); here every word is pinned.
func TestWhatIsSaidOfFaultyFiles(t *testing.T) {
	t.Parallel()
	const golden = "testdata/faults.golden"
	files, err := filepath.Glob("testdata/faults/*.*")
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, path := range files {
		if filepath.Ext(path) == ".json" {
			continue
		}
		text, _ := outcome(t, path)
		fmt.Fprintf(&got, "== %s\n%s\n", filepath.Base(path), strings.TrimSpace(text))
	}
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("only now:\n%sonly before:\n%s", without(got.String(), string(want)), without(string(want), got.String()))
	}
}
