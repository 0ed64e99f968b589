package session_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/schemefile"
	"strata/model/words"
	"strata/tui/session"
)

func mustPattern(t *testing.T, text string) model.Pattern {
	t.Helper()
	p, err := model.ParsePattern(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// slugsOf returns the slug of every cell's segment.
func slugsOf(f *session.Frame) []string {
	slugs := make([]string, len(f.CellSegments))
	for cell, of := range f.CellSegments {
		slugs[cell] = f.Segments[of].Slug
	}
	return slugs
}

// TestPaintChangesExactlyThoseCells compares the map with one painted cell by
// cell in a plain list, starting from every preset.
func TestPaintChangesExactlyThoseCells(t *testing.T) {
	t.Parallel()
	for _, preset := range session.Presets() {
		t.Run(preset.Scheme.Name, func(t *testing.T) {
			t.Parallel()
			b := openBench(t, newMemory(3, 400))
			if _, err := b.Use(preset.Scheme); err != nil {
				t.Fatal(err)
			}
			r := rand.New(rand.NewPCG(3, 3))
			want := slugsOf(b.Frame())
			levels := b.Frame().Scheme.Levels
			for range 40 {
				var p model.Pattern
				for a := range p {
					p[a] = []model.ScoreSet{model.AnyScore, 1 << (1 + r.IntN(levels[a])), 1 << (1 + r.IntN(levels[a]))}[r.IntN(3)]
				}
				segments := b.Frame().Segments
				slug := segments[r.IntN(len(segments))].Slug
				if r.IntN(5) == 0 {
					slug = rfm.Others().Slug
				}
				if _, err := b.Paint(p, slug); err != nil {
					t.Fatal(err)
				}
				for cell := range want {
					if p.Holds(scoresOfCell(cell, levels)) {
						want[cell] = slug
					}
				}
				if got := slugsOf(b.Frame()); !slices.Equal(got, want) {
					t.Fatalf("after %s → %s the map is another", p, slug)
				}
				if len(b.Frame().Lint.Overlapping) > 0 {
					t.Fatal("a painted map overlaps")
				}
				again, err := schemefile.Decode([]byte(schemefile.Encode(b.Frame().Scheme)))
				if err != nil || !slices.EqualFunc(again.Regions, b.Frame().Scheme.Regions, func(x, y model.Region) bool {
					return x.Segment == y.Segment && slices.Equal(x.Cells, y.Cells)
				}) {
					t.Fatalf("the map is read back as another: %v", err)
				}
			}
		})
	}
}

func scoresOfCell(cell int, levels [model.Axes]int) (scores [model.Axes]int) {
	for a := model.Axes - 1; a >= 0; a-- {
		scores[a] = cell%levels[a] + 1
		cell /= levels[a]
	}
	return scores
}

// TestMapEditsAnswerLikeFreshOnes edits the map at random and compares with
// frames from nothing; what is taken back is as it was.
func TestMapEditsAnswerLikeFreshOnes(t *testing.T) {
	t.Parallel()
	store := newMemory(6, 600)
	s := openSession(t, store)
	b := openBench(t, store)
	first := b.Frame()
	r := rand.New(rand.NewPCG(6, 6))
	some := func() string { segments := b.Frame().Segments; return segments[r.IntN(len(segments))].Slug }
	for edit := range 200 {
		var err error
		switch r.IntN(10) {
		case 0:
			_, _, err = b.AddSegment(strings.Repeat("x", 1+edit%40), []model.Tier{"high", "mid", "low", "none"}[r.IntN(4)])
		case 1:
			_, err = b.SetSegmentTier(some(), []model.Tier{"high", "mid", "low", "none"}[r.IntN(4)])
		case 2:
			_, err = b.MoveSegment(some(), 2*r.IntN(2)-1)
		case 3:
			_, err = b.SetSegmentColor(some(), r.IntN(model.SegmentColors+1))
		case 4:
			if r.IntN(4) == 0 {
				_, err = b.DeleteSegment(some())
			}
		case 5:
			_, err = b.Step(session.CutID{Axis: model.Axis(r.IntN(3)), Index: r.IntN(4)}, 3)
		case 6:
			_, _, err = b.Undo()
		default:
			_, err = b.Paint(model.Pattern{1 << (1 + r.IntN(5)), 1 << (1 + r.IntN(5)), []model.ScoreSet{model.AnyScore, 1 << (1 + r.IntN(5))}[r.IntN(2)]}, some())
		}
		switch model.CodeOf(err) {
		case "", model.NotFound, model.Exists, model.Usage: // Others, a name that is taken, the last segment
		default:
			t.Fatal(err)
		}
		equalsFresh(t, s, b, edit)
	}
	for {
		if _, ok, err := b.Undo(); err != nil {
			t.Fatal(err)
		} else if !ok {
			break
		}
	}
	if why := sameAnswer(b.Frame(), first); why != "" {
		t.Errorf("with everything undone: %s", why)
	}
}

// Painting is one edit, told with its customers, and taken back as one.
func TestPaintIsOneEdit(t *testing.T) {
	t.Parallel()
	store := newMemory(1, 2_000)
	b := openBench(t, store)
	before := b.Frame()
	cell := 3*25 + 4*5 + 3 // 454
	customers := before.Cells[cell].Customers
	if customers < 2 {
		t.Fatalf("too few customers to see anything: %d", customers)
	}
	told, err := b.Paint(mustPattern(t, "454"), "loyal")
	if err != nil {
		t.Fatal(err)
	}
	want := "454 Champions → Loyal, " + words.Count(customers) + " customers"
	if told != want+" · [u] undoes it · the map is now your own: value cuts no longer move it" {
		t.Errorf("told %q", told)
	}
	f := b.Frame()
	if f.Title != "ten" || !f.Edited || f.ByValue || f.Moves.Customers != customers {
		t.Errorf("title %s, edited %v, by value %v, %d moved", f.Title, f.Edited, f.ByValue, f.Moves.Customers)
	}
	if told, _ = b.Paint(mustPattern(t, "454"), "loyal"); told != "454 is Loyal already" {
		t.Errorf("painting again told %q", told)
	}
	if told, err = b.Paint(mustPattern(t, "11*"), "others"); err != nil || !strings.HasPrefix(told, "11* Hibernating → Others, ") {
		t.Errorf("taking cells off told %q, %v", told, err)
	}
	if told, err = b.Paint(mustPattern(t, "55*"), "loyal"); err != nil || !strings.HasPrefix(told, "55* → Loyal, ") && !strings.HasPrefix(told, "55* Champions → Loyal, ") {
		t.Errorf("painting a column told %q, %v", told, err)
	}
	if _, err := b.Paint(mustPattern(t, "454"), "nobody"); model.CodeOf(err) != model.NotFound {
		t.Errorf("an unknown segment: %v", err)
	}
	for range 3 {
		if label, ok, err := b.Undo(); err != nil || !ok || !strings.HasPrefix(label, "map: ") {
			t.Errorf("undone %q, %v, %v", label, ok, err)
		}
	}
	if got := sameAnswer(b.Frame(), before); got != "" || b.Frame().Edited {
		t.Errorf("after undo: %s, edited %v", got, b.Frame().Edited)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if first := store.Log[0]; first.Label != "map: "+want || first.Customers != customers {
		t.Errorf("kept as %q with %d customers", first.Label, first.Customers)
	}
}

// Who takes a segment out of the preset's map is told what that did, not only whose
// the map is now.
func TestASegmentTakenOutIsTold(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(1, 1_000))
	var customers int64
	for _, g := range b.Frame().Segments {
		if g.Slug == "champions" {
			customers = g.Now.Customers
		}
	}
	told, err := b.DeleteSegment("champions")
	want := "Champions removed; 8 cells with " + words.Count(customers) + " customers now in Others, in no tier · [u] undoes it · the map is now your own: value cuts no longer move it"
	if err != nil || told != want || customers == 0 {
		t.Errorf("told %q, want %q: %v", told, want, err)
	}
}

func TestSegmentsAreEdited(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(1, 1_000))
	slug, told, err := b.AddSegment("  Key   accounts ", model.TierHigh)
	if err != nil || slug != "key-accounts" || !strings.Contains(told, "Key accounts") || !strings.Contains(told, " · the map is now your own") {
		t.Fatalf("%q, told %q, %v", slug, told, err)
	}
	if second, _, err := b.AddSegment("Key-accounts", model.TierLow); err != nil || second != "key-accounts-2" {
		t.Errorf("%q, %v", second, err)
	}
	if others, _, err := b.AddSegment("Kept ones", model.TierLow); err != nil || others != "segment-kept-ones" {
		t.Errorf("%q, %v", others, err)
	}
	f := b.Frame()
	if got := namesOf(f, model.TierHigh); got != "Champions, Loyal, Can't lose, Key accounts" {
		t.Errorf("HIGH is %s", got)
	}
	if f.ColorOf("key-accounts") != 1 || f.ColorOf("key-accounts-2") != 2 || f.ColorOf("champions") != 0 {
		t.Error("new segments have no free colour")
	}
	do := func(told string, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return told
	}
	before := slugsOf(f)
	do(b.MoveSegment("key-accounts", -1))
	if told := do(b.MoveSegment("champions", -1)); told != "Champions is the first segment of HIGH already" {
		t.Errorf("told %q", told)
	}
	do(b.MoveSegment("champions", +1))
	do(b.RenameSegment("loyal", "Regulars"))
	do(b.SetSegmentColor("loyal", 8))
	if got := namesOf(b.Frame(), model.TierHigh); got != "Regulars, Champions, Key accounts, Can't lose" {
		t.Errorf("HIGH is %s", got)
	}
	if got := slugsOf(b.Frame()); !slices.Equal(got, before) || b.Frame().Moves.Customers != 0 {
		t.Errorf("%d customers moved by names, colours and order", b.Frame().Moves.Customers)
	}
	do(b.SetSegmentTier("loyal", model.TierMid))
	loyal := int64(0)
	for cell, slug := range before {
		if slug == "loyal" {
			loyal += b.Frame().Cells[cell].Customers
		}
	}
	if f := b.Frame(); loyal == 0 || f.Moves.Customers != loyal || f.Moves.Down != loyal {
		t.Errorf("%d move, %d down, with %d loyal customers", f.Moves.Customers, f.Moves.Down, loyal)
	}
	if f := b.Frame(); namesOf(f, model.TierMid) != "Regulars, Potential loyalist, Promising, Need attention, At risk" {
		t.Errorf("MID is %s", namesOf(f, model.TierMid))
	}
	cells := int64(0)
	for cell, slug := range slugsOf(b.Frame()) {
		if slug == "loyal" {
			cells += b.Frame().Cells[cell].Customers
		}
	}
	told = do(b.DeleteSegment("loyal"))
	last := b.Frame().Segments[len(b.Frame().Segments)-1]
	if last.Slug != "others" || last.Now.Customers != cells || !strings.HasPrefix(told, "Regulars removed; ") {
		t.Errorf("told %q; last is %s with %d of %d customers", told, last.Slug, last.Now.Customers, cells)
	}
	for _, refused := range []string{"", "others", "CHAMPIONS", "a\x1bb", strings.Repeat("x", 41)} {
		if _, _, err := b.AddSegment(refused, model.TierHigh); err == nil {
			t.Errorf("the name %q is taken", refused)
		}
	}
	if _, err := b.RenameSegment("champions", "champions"); err != nil {
		t.Errorf("a name cannot change its letters: %v", err)
	}
}

func namesOf(f *session.Frame, tier model.Tier) string {
	var names []string
	for _, g := range f.Segments {
		if g.Tier == tier {
			names = append(names, g.Label)
		}
	}
	return strings.Join(names, ", ")
}

// Customers who are kept in a tier have a segment that is not on the map.
func TestPaintingBesideFairRules(t *testing.T) {
	t.Parallel()
	store := newMemory(1, 1_000)
	s := openSession(t, store)
	b := openBench(t, store)
	scheme := model.Ten()
	for i := range 40 {
		scheme.Fair.Overrides = append(scheme.Fair.Overrides, model.Override{Customer: "c" + strconv.Itoa(i), Tier: model.TierHigh, Until: model.NoDay})
	}
	if err := b.Change("locks", scheme); err != nil {
		t.Fatal(err)
	}
	kept := rfm.KeptIn(model.TierHigh)
	if !slices.ContainsFunc(b.Frame().Segments, func(g session.Group) bool { return g.Slug == kept.Slug }) {
		t.Fatal("nobody is kept")
	}
	if _, err := b.Paint(mustPattern(t, "111"), kept.Slug); err == nil || !strings.Contains(err.Error(), "kept in their tier by rules, not by cells") {
		t.Errorf("painting with those who are kept: %v", err)
	}
	want := slugsOf(b.Frame())
	if _, err := b.Paint(mustPattern(t, "111"), "loyal"); err != nil {
		t.Fatal(err)
	}
	want[0] = "loyal"
	if got := slugsOf(b.Frame()); !slices.Equal(got, want) || slices.ContainsFunc(b.Frame().Scheme.Regions, func(r model.Region) bool { return r.Slug == kept.Slug }) {
		t.Error("the painted map is another")
	}
	equalsFresh(t, s, b, 1)
}

// Settling overlaps by an edit moves nobody.
func TestOverlapsStayWhereTheyAre(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(2, 1_000))
	putler, err := session.PresetNamed("putler")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Use(putler); err != nil {
		t.Fatal(err)
	}
	before := slugsOf(b.Frame())
	if len(b.Frame().Lint.Overlapping) == 0 {
		t.Fatal("putler does not overlap")
	}
	segments := b.Frame().Segments
	told, err := b.MoveSegment(segments[0].Slug, +1)
	if err != nil || !strings.Contains(told, "stayed where they were") {
		t.Errorf("told %q, %v", told, err)
	}
	if !slices.Equal(slugsOf(b.Frame()), before) {
		t.Error("another order gave cells to others")
	}
}

func TestTheLastSegmentStays(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(2, 100))
	for len(b.Frame().Segments) > 1 {
		for _, g := range b.Frame().Segments {
			if g.Slug != "others" {
				if _, err := b.DeleteSegment(g.Slug); err != nil {
					if n := len(b.Frame().Scheme.Regions); n != 1 || model.CodeOf(err) != model.Usage {
						t.Fatalf("with %d segments: %v", n, err)
					}
					return
				}
				break
			}
		}
	}
	t.Error("every segment could be taken out")
}

func TestValueRuleIsEdited(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(1, 1_000))
	told, err := b.SetWeights("2 1 1")
	if v := b.Frame().Scheme.Value; err != nil || v.Weights != [3]int{2, 1, 1} || v.Cuts != [2]int{11, 16} || told != "weights 1 : 1 : 1 → 2 : 1 : 1, MID from 11, HIGH from 16" {
		t.Errorf("told %q: %+v, %v", told, v, err)
	}
	if told, err := b.SetValueCuts("9, 17"); err != nil || told != "MID from value score 11 → 9, HIGH from 16 → 17" || b.Frame().Scheme.Value.Cuts != [2]int{9, 17} {
		t.Errorf("told %q, %v", told, err)
	}
	if _, err := b.SetValueCuts("9 21"); err != nil { // no HIGH
		t.Fatal(err)
	}
	if _, err := b.SetWeights("10 10 20"); err != nil || b.Frame().Scheme.Value.Cuts != [2]int{90, 201} {
		t.Errorf("cuts %v, %v", b.Frame().Scheme.Value.Cuts, err)
	}
	for _, text := range []string{"", "1 2", "a b c", "0 0 0", "1 2 3 4", "-1 1 1"} {
		if _, err := b.SetWeights(text); err == nil {
			t.Errorf("weights %q are taken", text)
		}
	}
	for _, text := range []string{"17 9", "3 99", "8"} {
		if _, err := b.SetValueCuts(text); err == nil {
			t.Errorf("value cuts %q are taken", text)
		}
	}
	value, _ := session.PresetNamed("value")
	if _, err := b.Use(value); err != nil {
		t.Fatal(err)
	}
	if _, err := b.SetWeights("3 1 1"); err != nil || !b.Frame().Scheme.Value.ByShare() {
		t.Errorf("weights ended the shares: %v", err)
	}
	cuts := b.Frame().Scheme.Value.Cuts
	before := slugsOf(b.Frame())
	if _, err := b.Paint(mustPattern(t, "111"), b.Frame().Segments[0].Slug); err != nil {
		t.Fatal(err)
	}
	before[0] = b.Frame().Segments[0].Slug
	if f := b.Frame(); f.Scheme.Value.ByShare() || f.Scheme.Value.Cuts != cuts || !slices.Equal(slugsOf(f), before) {
		t.Error("painting a map of shares has not fixed it where it was")
	}
	if _, err := b.SetValueCuts("8 12"); err == nil || !strings.Contains(err.Error(), "the map is your own: value cuts no longer move it") {
		t.Errorf("value cuts of an own map: %v", err)
	}
	grid, _ := session.PresetNamed("grid")
	if _, err := b.Use(grid); err != nil {
		t.Fatal(err)
	}
	if _, err := b.SetWeights("1 1 1"); err == nil || !strings.Contains(err.Error(), "the tiers follow from the map grid") {
		t.Errorf("weights of a published map: %v", err)
	}
}

// takeMap takes a map from a file into the working scheme.
func takeMap(b *session.Bench, path string) (string, error) {
	read, err := session.ReadMap(path, b.Frame().Scheme)
	if err != nil {
		return "", err
	}
	return b.TakeMap(filepath.Base(path), read)
}

// TestMapFilesGoRound writes the map of every preset as a table and takes it
// into another scheme: everybody is where the preset has them.
func TestMapFilesGoRound(t *testing.T) {
	t.Parallel()
	for _, preset := range session.Presets() {
		t.Run(preset.Scheme.Name, func(t *testing.T) {
			t.Parallel()
			b := openBench(t, newMemory(4, 500))
			if _, err := b.Use(preset.Scheme); err != nil {
				t.Fatal(err)
			}
			want := slugsOf(b.Frame())
			lines := []string{strings.Join(session.MapHeader, ";")}
			view, err := session.ViewMap(b.Frame().Scheme, b.Frame().Cells)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range view.Rows() {
				lines = append(lines, strings.Join(row, ";"))
			}
			path := filepath.Join(t.TempDir(), "map.csv")
			if err = os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
				t.Fatal(err)
			}
			blank := preset.Scheme.Clone()
			blank.Map, blank.Value.Shares, blank.Value.Cuts = "ten", [2]int{}, [2]int{8, 12}
			if _, err := b.Use(blank); err != nil {
				t.Fatal(err)
			}
			told, err := takeMap(b, path)
			if err != nil || !strings.HasPrefix(told, "map from map.csv: ") {
				t.Fatalf("told %q, %v", told, err)
			}
			if got := slugsOf(b.Frame()); !slices.Equal(got, want) {
				t.Errorf("the map is another")
			}
			if told, err := takeMap(b, path); err != nil || !strings.Contains(told, "already") {
				t.Errorf("the second time told %q, %v", told, err)
			}
			yaml := filepath.Join(t.TempDir(), "map.yaml")
			if err := os.WriteFile(yaml, []byte(schemefile.Encode(b.Frame().Scheme)), 0o600); err != nil {
				t.Fatal(err)
			}
			if again, err := session.ReadMap(yaml, blank); err != nil || !slices.EqualFunc(again.Regions, b.Frame().Scheme.Regions, func(x, y model.Region) bool {
				return x.Segment == y.Segment && slices.Equal(x.Cells, y.Cells)
			}) {
				t.Errorf("as YAML the map is another: %v", err)
			}
		})
	}
}

func TestMapFilesAreRefusedInWords(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(4, 100))
	before := b.Frame()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		path, want string
		code       model.Code
	}{
		{filepath.Join(dir, "none.csv"), "no such file", model.NotFound},
		{dir, "is not a file", model.Unreadable},
		{"/dev/zero", "is not a file", model.Unreadable},
		{write("map.xlsx", "x"), "map.xlsx: a map is a table or YAML; name the file .csv or .yaml", model.Usage},
		{write("huge.csv", strings.Repeat("x", 1<<18+1)), "larger than any map", model.Invalid},
		{write("cells.csv", "cell,segment\n666,a\n"), "cells.csv: line 2, column 1 (cell): 666: recency has 5 scores", model.Invalid},
		{write("tier.yaml", "- {segment: a, tier: gold, cells: \"555\"}\n"), `tier.yaml: line 1, column 22: tier: "gold" is unknown`, model.Invalid},
		{write("kept.csv", "cell,segment\n555,kept-high\n"), "kept.csv: the slug", model.Usage},
		{write("klaviyo.yaml", "map: klaviyo\n"), "klaviyo.yaml: the map klaviyo needs 3 scores", model.Usage},
	} {
		_, err := takeMap(b, c.path)
		if err == nil || !strings.Contains(err.Error(), c.want) || model.CodeOf(err) != c.code {
			t.Errorf("error %v (%s), want %q (%s)", err, model.CodeOf(err), c.want, c.code)
		}
	}
	if b.Frame() != before {
		t.Error("a refused map changed something")
	}
	told, err := takeMap(b, write("few.csv", "cell,segment,tier\n5**,best,high\n"))
	if err != nil || !strings.HasPrefix(told, "map from few.csv: 1 segment, 4 cells (") || !strings.HasSuffix(told, " customers) in Others") {
		t.Errorf("told %q, %v", told, err)
	}
}
