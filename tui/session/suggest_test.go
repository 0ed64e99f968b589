package session_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"strata/model"
	"strata/model/schemefile"
	"strata/tui/session"
)

// proposals asks every method what it makes of a scheme.
func proposals(t *testing.T, customers int, scheme model.Scheme) (*session.Session, map[string]*session.Proposal) {
	t.Helper()
	s := openSession(t, newMemory(9, customers))
	standing, _, err := s.Standing(t.Context(), scheme)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*session.Proposal{}
	for _, m := range session.SuggestMethods() {
		p, err := standing.Suggest(t.Context(), m.Slug)
		if err != nil {
			t.Fatalf("%s: %v", m.Slug, err)
		}
		if p.Method != m.Slug || m.Title == "" {
			t.Errorf("%s is told as %q", m.Slug, p.Method)
		}
		all[m.Slug] = p
	}
	return s, all
}

// finds are the measures a method finds cuts for.
func finds(p *session.Proposal) (axes []model.Axis) {
	for _, e := range p.Evidence {
		if !slices.Contains(axes, e.Axis) {
			axes = append(axes, e.Axis)
		}
	}
	return axes
}

func evidence(t *testing.T, p *session.Proposal, a model.Axis, name string) session.Evidence {
	t.Helper()
	for _, e := range p.Evidence {
		if e.Axis == a && e.Name == name {
			return e
		}
	}
	t.Fatalf("%s has no %q of %s", p.Method, name, a)
	return session.Evidence{}
}

// TestProposalsAreWholeSchemes: the text of a proposal gives the same tiers
// without anything else being said.
func TestProposalsAreWholeSchemes(t *testing.T) {
	t.Parallel()
	standing := model.Ten()
	standing.Spec.Window = model.Window{Months: 12}
	s, all := proposals(t, 3000, standing)
	for method, p := range all {
		scheme, err := schemefile.Decode([]byte(p.YAML()))
		if err != nil {
			t.Fatalf("%s: %v", method, err)
		}
		if scheme.Spec.AsOf == model.NoDay || scheme.Spec.Window != standing.Spec.Window {
			t.Errorf("%s measures %+v", method, scheme.Spec)
		}
		f, err := s.Tiers(t.Context(), scheme)
		if err != nil {
			t.Fatalf("%s: %v", method, err)
		}
		for i, cell := range f.Cells {
			if cell != p.Frame.Cells[i] {
				t.Fatalf("%s: cell %d holds %+v, proposed were %+v", method, i, cell, p.Frame.Cells[i])
			}
		}
		for a, cuts := range scheme.Cuts {
			nested := method == "nested" && model.Axis(a) != model.Recency
			if (cuts.At == nil) != nested {
				t.Errorf("%s: %s is frozen: %v", method, model.Axis(a), cuts.At != nil)
			}
		}
	}
}

// TestMethodsFindWhatTheySpeakOf: a method leaves other measures as they are,
// and no other cuts part the values better than natural breaks.
func TestMethodsFindWhatTheySpeakOf(t *testing.T) {
	t.Parallel()
	_, all := proposals(t, 3000, model.Ten())
	want := map[string][]model.Axis{"gap": {model.Recency}, "lorenz": {model.Frequency, model.Monetary}}
	for method, p := range all {
		axes, named := want[method]
		if !named {
			axes = []model.Axis{model.Recency, model.Frequency, model.Monetary}
		}
		if got := finds(p); !slices.Equal(got, axes) {
			t.Errorf("%s finds %v, want %v", method, got, axes)
		}
		for _, a := range axes {
			fit, best := evidence(t, p, a, "goodness of variance fit").Value, evidence(t, all["jenks"], a, "goodness of variance fit").Value
			if fit < 0 || fit > 1 || method != "nested" && fit > best {
				t.Errorf("%s fits %s by %v, natural breaks by %v", method, a, fit, best)
			}
			small, large := evidence(t, p, a, "smallest score").Value, evidence(t, p, a, "largest score").Value
			if counts := p.Frame.ScoreCounts[a]; float64(slices.Min(counts)) != small || float64(slices.Max(counts)) != large {
				t.Errorf("%s: the scores of %s have %v customers, told are %v to %v", method, a, counts, small, large)
			}
		}
		for a := range model.Axes {
			if !slices.Contains(axes, a) && !slices.Equal(p.Frame.Cuts[a], p.Asked.Axes[a]) {
				t.Errorf("%s moves %s from %v to %v", method, a, p.Asked.Axes[a], p.Frame.Cuts[a])
			}
		}
	}
}

// TestQuantilesSuggestWhatTenHas: nobody moves, and the scheme is frozen.
func TestQuantilesSuggestWhatTenHas(t *testing.T) {
	t.Parallel()
	_, all := proposals(t, 3000, model.Ten())
	if p := all["quantile"]; p.Frame.Moves.Customers != 0 {
		t.Errorf("%d customers move", p.Frame.Moves.Customers)
	}
	if p := all["mean"]; p.Scheme.Levels != [model.Axes]int{2, 2, 2} || !warned(p, "two-scores") {
		t.Errorf("the mean has %v scores and warns of %v", p.Scheme.Levels, p.Warnings)
	}
	if p := all["nested"]; !warned(p, "not-frozen") || !warned(p, "nested-scores") {
		t.Errorf("nested warns of %v", p.Warnings)
	}
	if p := all["ntile"]; !warned(p, "ties-kept") {
		t.Errorf("ntile warns of %v", p.Warnings)
	}
	if p := all["gap"]; !warned(p, "no-gap") {
		t.Errorf("gap warns of %v", p.Warnings)
	}
}

func warned(p *session.Proposal, code string) bool {
	return slices.ContainsFunc(p.Warnings, func(w model.Warning) bool { return w.Code == code && w.Message != "" })
}

// TestLevelsAreKept: cuts are found for the levels the scheme has.
func TestLevelsAreKept(t *testing.T) {
	t.Parallel()
	scheme := model.Ten()
	scheme.Levels = [model.Axes]int{3, 9, 4}
	_, all := proposals(t, 500, scheme)
	for method, p := range all {
		if method != "mean" && p.Scheme.Levels != scheme.Levels {
			t.Errorf("%s has the levels %v", method, p.Scheme.Levels)
		}
	}
	if p := all["jenks"]; !warned(p, "merged-cuts") && len(slices.Compact(slices.Clone(p.Frame.Cuts[model.Frequency]))) < 8 {
		t.Errorf("equal cuts %v without a warning", p.Frame.Cuts[model.Frequency])
	}
}

// TestASuggestionLeavesSplitValuesAlone: a measure in groups of equal size that
// the method does not speak of stays in them.
func TestASuggestionLeavesSplitValuesAlone(t *testing.T) {
	t.Parallel()
	scheme := model.Ten()
	scheme.Cuts[model.Frequency].Method = model.MethodNTile
	_, all := proposals(t, 1000, scheme)
	if got := all["gap"].Scheme.Cuts[model.Frequency]; got.Method != model.MethodNTile || got.At != nil {
		t.Errorf("frequency became %+v", got)
	}
	if got := all["jenks"].Scheme.Cuts[model.Frequency]; got.Method != model.MethodFixed {
		t.Errorf("frequency became %+v", got)
	}
}

func TestSuggestRefuses(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(9, 300))
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	empty := model.Ten()
	empty.Spec.AsOf = 1
	once := model.Ten()
	once.Spec.Window = model.Window{Days: 1}
	eleven, err := session.PresetNamed("eleven")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		scheme model.Scheme
		ctx    context.Context
		method string
		code   model.Code
		want   string
	}{
		{"a method there is not", model.Ten(), t.Context(), "guess", model.Usage, "use one of quantile"},
		{"two scores under a map of five", eleven, t.Context(), "mean", model.Usage, "5 scores"},
		{"no gap", once, t.Context(), "gap", model.Empty, "no gap"},
		{"stopped", model.Ten(), stopped, "jenks", model.Cancelled, "stopped"},
	} {
		standing, _, err := s.Standing(t.Context(), c.scheme)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		_, err = standing.Suggest(c.ctx, c.method)
		if model.CodeOf(err) != c.code || !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestGiniOfAProposal compares with the definition over all pairs.
func TestGiniOfAProposal(t *testing.T) {
	t.Parallel()
	s, all := proposals(t, 300, model.Ten())
	scores, _, err := s.Scores(t.Context(), model.Ten(), session.ScoreQuery{})
	if err != nil {
		t.Fatal(err)
	}
	differences, total := 0.0, 0.0
	for _, a := range scores {
		total += float64(a.Monetary)
		for _, b := range scores {
			differences += math.Abs(float64(a.Monetary - b.Monetary))
		}
	}
	want := differences / (2 * float64(len(scores)) * total)
	if got := evidence(t, all["lorenz"], model.Monetary, "Gini coefficient").Value; math.Abs(got-want) > 1e-12 {
		t.Errorf("Gini %v, want %v", got, want)
	}
}

// TestNestedCutsAreToldInWords: the cuts that are published score nobody.
func TestNestedCutsAreToldInWords(t *testing.T) {
	t.Parallel()
	nested := model.Ten()
	nested.Cuts[model.Frequency].Method = model.MethodNested
	for name, c := range map[string]struct {
		standing model.Scheme
		method   string
		want     string
	}{
		"into":  {model.Ten(), "nested", " → nested within recency"},
		"stays": {nested, "nested", "nested within recency, as before"},
		"out":   {nested, "jenks", "nested within recency → "},
	} {
		_, all := proposals(t, 700, c.standing)
		if got := all[c.method].CutLines("GBP")[model.Frequency].Text(); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestNestedMeasuresFollowTheKeys: while a cut of recency moves, the bench
// scores what is nested in it as a fresh answer does; a cut of frequency that
// moves ends the nesting.
func TestNestedMeasuresFollowTheKeys(t *testing.T) {
	t.Parallel()
	s := openSession(t, newMemory(12, 3000))
	b, err := s.OpenBench(t.Context(), nil, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	nested := model.Ten()
	for a := range nested.Cuts {
		nested.Cuts[a].Method = model.MethodNested
	}
	if _, err := b.Use(nested); err != nil {
		t.Fatal(err)
	}
	check := func(what string) {
		t.Helper()
		fresh, err := s.Tiers(t.Context(), b.Frame().Scheme)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(fresh.Cells, b.Frame().Cells) {
			t.Errorf("%s: the cells differ from those of a fresh answer", what)
		}
	}
	check("nested")
	recency, frequency := session.CutID{Axis: model.Recency, Index: 1}, session.CutID{Axis: model.Frequency, Index: 3}
	for n := range 12 {
		if _, err := b.Step(recency, 1+n%3); err != nil {
			t.Fatal(err)
		}
		check("recency moved")
		if n%4 == 3 {
			b.Adopt(b.Settle()(t.Context()))
		}
	}
	if got := b.Frame().Scheme.Cuts[model.Frequency]; got.Method != model.MethodNested {
		t.Errorf("frequency became %+v", got)
	}
	if _, err := b.Step(frequency, 1); err != nil {
		t.Fatal(err)
	}
	check("frequency moved")
	if got := b.Frame().Scheme.Cuts; got[model.Frequency].Method != model.MethodFixed || got[model.Monetary].Method != model.MethodNested {
		t.Errorf("the cuts became %+v", got)
	}
	for b.Frame().Scheme.Cuts[model.Frequency].Method != model.MethodNested {
		if label, _, err := b.Undo(); label == "" || err != nil {
			t.Fatal("nothing to take back")
		}
	}
	check("undone")
}
