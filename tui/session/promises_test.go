package session_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"strata/model"
	"strata/model/schemefile"
	"strata/tui/session"
	"strata/tui/session/memory"
)

// promised is a bench under test, with what it has to be compared with.
type promised struct {
	t        *testing.T
	store    *memory.Store
	bench    *session.Bench
	compared model.Scheme      // the baseline
	asked    []func(*promised) // background work that is not back yet
}

// TestABenchKeepsItsPromises does at random, and in any order, whatever can be
// done to a bench. After each step the frame is what a fresh session answers,
// compared with the same baseline; a step that failed has changed nothing; and
// a workspace that is closed has the head, the baseline and the frame that were
// seen last, and gives them back.
func TestABenchKeepsItsPromises(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		store := newMemory(rapid.Uint64Range(1, 50).Draw(r, "seed"), rapid.SampledFrom([]int{3, 40, 200}).Draw(r, "customers"))
		store.Fingerprint = "f00d"
		p := &promised{t: t, store: store, bench: openBench(t, store), compared: model.Ten()}
		if rapid.Bool().Draw(r, "many customers") {
			p.bench.Hurry()
		}
		actions := map[string]func(*rapid.T){"": func(r *rapid.T) { p.check(r) }}
		for name, do := range promises {
			actions[name] = func(r *rapid.T) { p.try(r, do) }
		}
		r.Repeat(actions)
		p.reopen(r)
	})
}

// try does one thing, in the middle of an edit or between two. If it fails
// between two, all is as before.
func (p *promised) try(r *rapid.T, do func(*promised, *rapid.T) error) {
	if rapid.Bool().Draw(r, "in the middle") {
		compared := p.compared
		if err := do(p, r); err != nil {
			p.compared = compared
		}
		return
	}
	p.bench.Rest()
	before, at, last := p.now(), p.bench.LogAt(), p.bench.LogLength()
	compared, scheme := p.compared, p.bench.Frame().Scheme
	err := do(p, r)
	if err == nil {
		p.bench.Rest()
		p.checkEdit(r, scheme, last+1)
		return
	}
	var told *model.Error
	if !errors.As(err, &told) || told.Code == model.Internal || told.Message == "" {
		r.Fatalf("an error that does not say what happened: %v", err)
	}
	p.compared = compared
	if got := p.now(); got != before || p.bench.LogAt() != at || p.bench.LogLength() != last {
		r.Fatalf("%v has changed the bench: edit %d of %d, was %d of %d\n%s\nwas\n%s", err, p.bench.LogAt(), p.bench.LogLength(), at, last, got, before)
	}
}

// checkEdit finds what the log says of an edit, if it was made, to be how a
// fresh answer compares the scheme with the one before.
func (p *promised) checkEdit(r *rapid.T, before model.Scheme, number int) {
	if p.bench.LogLength() != number {
		return
	}
	entries, err := p.bench.LogPage(number, number)(p.t.Context())
	if err != nil {
		r.Fatal(err)
	}
	standing, _, err := openSession(p.t, p.store).Standing(p.t.Context(), before)
	if err != nil {
		r.Fatal(err)
	}
	f, err := standing.Frame(p.t.Context(), p.bench.Frame().Scheme)
	if err != nil {
		r.Fatal(err)
	}
	e, moves := entries[0], f.Moves
	if strings.HasPrefix(e.Label, "scheme ") || strings.HasPrefix(e.Label, "opened ") {
		moves, _ = moves.Lead() // by tier, where the maps have different segments
	}
	if e.Customers != moves.Customers || e.Revenue != moves.Revenue {
		r.Fatalf("edit %q tells %d customers and %v, a fresh answer %d and %v", e.Label, e.Customers, e.Revenue, moves.Customers, moves.Revenue)
	}
}

// now is all that the frame says.
func (p *promised) now() string { return written(p.t, p.bench.Frame()) }

func written(t *testing.T, f *session.Frame) string {
	t.Helper()
	text, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// check compares the frame with a fresh answer, unless it says that something
// is still to be found out.
func (p *promised) check(r *rapid.T) {
	got := *p.bench.Frame()
	if got.Kept != nil && got.Kept.Pending {
		return
	}
	s := openSession(p.t, p.store)
	standing, _, err := s.Standing(p.t.Context(), p.compared)
	if err != nil {
		r.Fatal(err)
	}
	want, err := standing.Frame(p.t.Context(), got.Scheme)
	if err != nil {
		r.Fatal(err)
	}
	if got.Baseline != p.compared.Name {
		r.Fatalf("compared with %q, not %q", got.Baseline, p.compared.Name)
	}
	got.Edited, got.Unsaved, got.Axes = want.Edited, want.Unsaved, want.Axes // a standing scheme has none of these
	got.BaselineEdited = want.BaselineEdited
	if got, want := written(p.t, &got), written(p.t, want); got != want {
		r.Fatalf("the frame is\n%s\nand a fresh one\n%s", got, want)
	}
}

// reopen closes the workspace, looks into it, and opens it again.
func (p *promised) reopen(r *rapid.T) {
	b := p.bench
	b.Rest()
	seen, at, last := p.now(), b.LogAt(), b.LogLength()
	if err := b.Close(); err != nil {
		r.Fatal(err)
	}
	if string(p.store.Table) != seen {
		r.Fatal("the frame that was stored is not the one that was seen last")
	}
	if p.store.State.Head != int64(at) || len(p.store.Log) != last {
		r.Fatalf("edit %d of %d is stored as the head, not %d of %d", p.store.State.Head, len(p.store.Log), at, last)
	}
	for _, e := range p.store.Log {
		if _, err := schemefile.Decode([]byte(e.Scheme)); err != nil {
			r.Fatalf("edit %d, %q: %v\n%s", e.ID, e.Label, err, e.Scheme)
		}
	}
	beside := b.Beside()
	p.bench, p.asked = openBench(p.t, p.store), nil
	for _, name := range beside {
		if _, err := p.bench.ToggleBeside(name); err != nil {
			r.Fatal(err)
		}
	}
	got, want := *p.bench.Frame(), session.Frame{}
	if err := json.Unmarshal([]byte(seen), &want); err != nil {
		r.Fatal(err)
	}
	want.Edited, want.Unsaved, want.BaselineEdited = got.Edited, got.Unsaved, got.BaselineEdited // hang on what was opened, which is not stored
	if got, want := written(p.t, &got), written(p.t, &want); got != want {
		r.Fatalf("reopened, the frame is\n%s\nand was\n%s", got, want)
	}
}

// promises are all that can be done to a bench. Those that are meant to fail
// are among them.
var promises = map[string]func(*promised, *rapid.T) error{
	"step": func(p *promised, r *rapid.T) error {
		id := p.drawCut(r)
		for range rapid.IntRange(1, 4).Draw(r, "keys") {
			if _, err := p.bench.Step(id, rapid.IntRange(-20, 20).Draw(r, "steps")); err != nil {
				return err
			}
			p.check(r)
		}
		return nil
	},
	"type": func(p *promised, r *rapid.T) error {
		text := rapid.SampledFrom([]string{"3", "9", "30", "40.5", "1000.25", "-1", "", "x", "99999999999999"}).Draw(r, "text")
		return p.bench.Type(p.drawCut(r), text)
	},
	"reset": func(p *promised, r *rapid.T) error { return p.bench.Reset(p.drawCut(r)) },
	"undo":  func(p *promised, _ *rapid.T) error { _, _, err := p.bench.Undo(); return err },
	"redo":  func(p *promised, _ *rapid.T) error { _, _, err := p.bench.Redo(); return err },
	"jump": func(p *promised, r *rapid.T) error {
		_, err := p.bench.JumpTo(rapid.IntRange(-1, p.bench.LogLength()+1).Draw(r, "edit"))
		return err
	},
	"baseline": func(p *promised, _ *rapid.T) error {
		p.compared = p.bench.Frame().Scheme
		return p.bench.SetBaseline()
	},
	"another baseline": func(p *promised, r *rapid.T) error {
		p.compared = p.drawScheme(r)
		return p.bench.SetBaselineTo(p.compared)
	},
	"use": func(p *promised, r *rapid.T) error { _, err := p.bench.Use(p.drawScheme(r)); return err },
	"change": func(p *promised, r *rapid.T) error {
		return p.bench.Change("another scheme", p.drawScheme(r))
	},
	"measure otherwise": func(p *promised, r *rapid.T) error {
		scheme := p.bench.Frame().Scheme.Clone()
		drawSpec(r, &scheme.Spec)
		return p.bench.Change("another spec", scheme)
	},
	"fair rules": func(p *promised, r *rapid.T) error { return p.bench.SetFair("fair rules", drawFair(r)) },
	"fair rules on or off": func(p *promised, _ *rapid.T) error {
		f := p.bench.Frame().Scheme.Clone().Fair
		f.Off = !f.Off
		return p.bench.SetFair("switched", f)
	},
	"paint": func(p *promised, r *rapid.T) error {
		cells := model.Pattern{}
		for a := range cells {
			low := rapid.IntRange(1, model.MaxLevels).Draw(r, "low")
			cells[a] = model.ScoresFrom(low, rapid.IntRange(low, model.MaxLevels).Draw(r, "high"))
		}
		_, err := p.bench.Paint(cells, p.drawSegment(r))
		return err
	},
	"add a segment": func(p *promised, r *rapid.T) error {
		_, _, err := p.bench.AddSegment(rapid.SampledFrom([]string{"New", "Kept in", "", "Others"}).Draw(r, "label"), drawTier(r))
		return err
	},
	"delete a segment": func(p *promised, r *rapid.T) error { _, err := p.bench.DeleteSegment(p.drawSegment(r)); return err },
	"tier of a segment": func(p *promised, r *rapid.T) error {
		_, err := p.bench.SetSegmentTier(p.drawSegment(r), drawTier(r))
		return err
	},
	"reorder the segments": func(p *promised, r *rapid.T) error { _, err := p.bench.MoveSegment(p.drawSegment(r), -1); return err },
	"weights": func(p *promised, r *rapid.T) error {
		_, err := p.bench.SetWeights(rapid.SampledFrom([]string{"2 1 1", "1 1 1", "0 0 3", "0 0 0", "-1 1 1", "x"}).Draw(r, "weights"))
		return err
	},
	"value cuts": func(p *promised, r *rapid.T) error {
		_, err := p.bench.SetValueCuts(rapid.SampledFrom([]string{"8 12", "5 7", "12 8", "1 99"}).Draw(r, "cuts"))
		return err
	},
	"a suggestion": func(p *promised, r *rapid.T) error {
		return p.use(p.bench.Suggest(rapid.SampledFrom([]string{"jenks", "quantile", "revenue", "nope"}).Draw(r, "method"))(p.t.Context()))
	},
	"a goal": func(p *promised, r *rapid.T) error {
		goal := rapid.SampledFrom([]string{"high=20%", "low:revenue<=30%", "high=120%"}).Draw(r, "goal")
		return p.use(p.bench.Standing().Goal(p.t.Context(), goal, rapid.SampledFrom([]session.Free{"value", "monetary"}).Draw(r, "free"), session.DefaultFloor, func(model.Progress) {}))
	},
	"save": func(p *promised, r *rapid.T) error {
		return p.bench.SaveScenario(rapid.SampledFrom([]string{"one", "two", "ten"}).Draw(r, "name"), "", rapid.Bool().Draw(r, "estimate"))
	},
	"open": func(p *promised, r *rapid.T) error {
		_, _, err := p.bench.OpenScenario(drawName(r))
		return err
	},
	"rename a scenario": func(p *promised, r *rapid.T) error {
		from, to := drawName(r), drawName(r)
		err := p.bench.RenameScenario(from, to)
		if err == nil && p.compared.Name == from {
			p.compared.Name = to
		}
		return err
	},
	"copy a scenario":   func(p *promised, r *rapid.T) error { return p.bench.CopyScenario(drawName(r), drawName(r)) },
	"delete a scenario": func(p *promised, r *rapid.T) error { return p.bench.DeleteScenario(drawName(r)) },
	"compare with a scenario": func(p *promised, r *rapid.T) error {
		name := drawName(r)
		_, scheme, _ := openSession(p.t, p.store).Scenario(p.t.Context(), name)
		p.compared = scheme
		return p.bench.CompareWithScenario(name)
	},
	"rest": func(p *promised, _ *rapid.T) error { p.bench.Rest(); return nil },
	"settle": func(p *promised, _ *rapid.T) error {
		if work := p.bench.Settle(); work != nil {
			done := work(p.t.Context())
			p.asked = append(p.asked, func(p *promised) { p.bench.Adopt(done) })
		}
		return nil
	},
	"adopt": func(p *promised, _ *rapid.T) error {
		for _, adopt := range p.asked {
			adopt(p)
		}
		p.asked = nil
		return nil
	},
	"reopen": func(p *promised, r *rapid.T) error { p.reopen(r); return nil },
}

func (p *promised) use(proposal *session.Proposal, err error) error {
	if err != nil {
		return err
	}
	return p.bench.UseProposal(proposal)
}

func (p *promised) drawCut(r *rapid.T) session.CutID {
	ids := cutsOf(p.bench.Frame())
	return ids[rapid.IntRange(0, len(ids)-1).Draw(r, "cut")]
}

func (p *promised) drawSegment(r *rapid.T) string {
	slugs := []string{"others", "nobody"}
	for _, s := range p.bench.Frame().Segments {
		slugs = append(slugs, s.Slug)
	}
	return rapid.SampledFrom(slugs).Draw(r, "segment")
}

// drawScheme draws a preset with other levels, methods, specs and fair rules,
// not all of which make sense.
func (p *promised) drawScheme(r *rapid.T) model.Scheme {
	scheme := rapid.SampledFrom(session.Presets()).Draw(r, "preset").Scheme.Clone()
	switch rapid.IntRange(0, 5).Draw(r, "kind") {
	case 0:
		for a := range scheme.Levels {
			scheme.Levels[a] = rapid.IntRange(2, 9).Draw(r, "levels")
		}
	case 1:
		scheme.Cuts[model.Monetary] = model.AxisCuts{Method: model.MethodMean}
		scheme.Levels[model.Monetary] = 2
	case 2:
		scheme.Cuts[model.Recency] = model.AxisCuts{Method: model.MethodFixed, At: []model.Cut{model.WholeCut(9), model.WholeCut(4)}}
	case 3:
		scheme.Fair = drawFair(r)
	}
	drawSpec(r, &scheme.Spec)
	return scheme
}

func drawSpec(r *rapid.T, s *model.Spec) {
	s.AsOf = rapid.SampledFrom([]model.Day{model.NoDay, 15_200, 15_400, 10_000}).Draw(r, "as of")
	s.Window = rapid.SampledFrom([]model.Window{{}, {Days: 90}, {Months: 12}}).Draw(r, "window")
	s.Returns = rapid.SampledFrom([]model.ReturnsPolicy{model.ReturnsNet, model.ReturnsIgnore, model.ReturnsOrders}).Draw(r, "returns")
	s.Frequency = rapid.SampledFrom([]model.FrequencyMeasure{model.FrequencyOrders, model.FrequencyPerMonth}).Draw(r, "frequency")
	s.Where = nil
	if column := rapid.SampledFrom([]string{"", "", "City", "city", "channel", "nope"}).Draw(r, "column"); column != "" {
		s.Where = []model.Condition{{Attribute: column, Values: []string{rapid.SampledFrom([]string{"Bern", "web", "nowhere"}).Draw(r, "value")}}}
	}
}

func drawFair(r *rapid.T) model.Fairness {
	var f model.Fairness
	if rapid.Bool().Draw(r, "moving rules") {
		f.Grace, f.Stay, f.Band = rapid.IntRange(0, 3).Draw(r, "grace"), rapid.IntRange(0, 3).Draw(r, "stay"), rapid.IntRange(-1, 3).Draw(r, "band")
	}
	for i := range rapid.IntRange(0, 2).Draw(r, "overrides") {
		f.Overrides = append(f.Overrides, model.Override{Customer: fmt.Sprint("c", i*7), Tier: drawTier(r), Until: model.NoDay, Reason: "key: account"})
	}
	f.Off = rapid.IntRange(0, 4).Draw(r, "off") == 0
	return f
}

func drawTier(r *rapid.T) model.Tier {
	return rapid.SampledFrom([]model.Tier{model.TierHigh, model.TierMid, model.TierLow}).Draw(r, "tier")
}

func drawName(r *rapid.T) string {
	return rapid.SampledFrom([]string{"one", "two", "three"}).Draw(r, "scenario")
}
