package session_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"strata/model"
	"strata/model/schemefile"
	"strata/tui/session"
)

func TestScenarioNames(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"tight", "tighter recency, 2026", "重要客户", "45 days", "a=b", "v1.2", strings.Repeat("é", 60)} {
		if err := session.CheckScenarioName(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for bad, why := range map[string]string{
		"": "needs a name", "  ": "needs a name", " tight": "a space", "ten": "a preset", "klaviyo": "a preset", "2011-12-10": "a day",
		"mine.yaml": "a scheme file", "mine.YML": "a scheme file", "a/b": "a path", `a\b`: "a path", "a\x1b[31mb": "cannot be shown",
		"a\nb": "cannot be shown", "a\u202eb": "cannot be shown", "\xff": "cannot be shown", strings.Repeat("x", 61): "61 characters",
		"preset:x": "what a name refers to", "scenario:x": "what a name refers to",
	} {
		err := session.CheckScenarioName(bad)
		if model.CodeOf(err) != model.Usage || !strings.Contains(err.Error(), why) || strings.ContainsAny(err.Error(), "\x1b\n") {
			t.Errorf("%q: %v, want %q", bad, err, why)
		}
	}
}

// Saving names and freezes the working scheme; what is kept gives the same
// tiers, whatever the scheme was.
func TestSavedSchemesGiveTheSameTiers(t *testing.T) {
	t.Parallel()
	for _, preset := range session.Presets() {
		for _, estimate := range []bool{false, true} {
			store := newMemory(31, 800)
			store.Fingerprint = "7f3a"
			b := openBench(t, store)
			if _, err := b.Use(preset.Scheme); err != nil {
				t.Fatal(err)
			}
			before := b.Frame()
			if err := b.SaveScenario("mine", "for Monday", estimate); err != nil {
				t.Fatal(err)
			}
			f := b.Frame()
			if f.Title != "mine" || f.Edited || f.Scheme.Data != "7f3a" {
				t.Errorf("%s: called %s, edited %v, data %q", preset.Scheme.Name, f.Title, f.Edited, f.Scheme.Data)
			}
			if !reflect.DeepEqual(before.Tiers, f.Tiers) || !reflect.DeepEqual(before.Segments, f.Segments) {
				t.Errorf("%s: saving it changed the tiers", preset.Scheme.Name)
			}
			for a, cuts := range f.Scheme.Cuts {
				if frozen := cuts.At != nil; frozen == estimate && cuts.Method != model.MethodFixed {
					t.Errorf("%s, %s: frozen %v, though estimate is %v", preset.Scheme.Name, model.Axis(a), frozen, estimate)
				}
			}
			kept, scheme, err := openSession(t, store).Scenario(t.Context(), "mine")
			if err != nil || kept.Note != "for Monday" || !scheme.Equal(b.Standing().Scheme()) {
				t.Errorf("kept %+v, %v", kept, err)
			}
			if err := b.Close(); err != nil {
				t.Fatal(err)
			}
			if again := openBench(t, store).Frame(); again.Title != "mine" || again.Edited || !reflect.DeepEqual(again.Tiers, f.Tiers) {
				t.Errorf("%s: taken up as %s, edited %v", preset.Scheme.Name, again.Title, again.Edited)
			}
		}
	}
}

func TestScenariosAreOpenedAsOneEdit(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(32, 800))
	r4 := session.CutID{Axis: model.Recency, Index: 1}
	save := func(name string) {
		t.Helper()
		if err := b.SaveScenario(name, "", false); err != nil {
			t.Fatal(err)
		}
	}
	save("first")
	other := b.Standing().Scheme()
	other.Name, other.Spec.Returns, other.Spec.AsOf = "wide", model.ReturnsOrders, b.Frame().AsOf+30
	if err := b.Change("wide", other); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Step(r4, 5); err != nil {
		t.Fatal(err)
	}
	save("second")
	second := b.Frame()
	customers, revenue, err := b.OpenScenario("first")
	f := b.Frame()
	if err != nil || customers == 0 || revenue == 0 || f.Title != "first" || f.Edited || f.Scheme.Spec.Returns != model.ReturnsNet {
		t.Fatalf("%d customers, %v, %v: %s, edited %v", customers, revenue, err, f.Title, f.Edited)
	}
	if customers, _, err := b.OpenScenario("first"); customers != 0 || err != nil {
		t.Errorf("opened again: %d, %v", customers, err)
	}
	if label, ok, err := b.Undo(); label != `opened scenario "first", as of the day after the last order, returns net` || !ok || err != nil {
		t.Errorf("undone %q, %v, %v", label, ok, err)
	}
	if why := sameAnswer(b.Frame(), second); why != "" || b.Frame().Title != "second" {
		t.Error(why)
	}
	if _, err := b.Step(r4, 1); err != nil || !b.Frame().Edited {
		t.Errorf("edited %v, %v", b.Frame().Edited, err)
	}
	save("second") // in its own place
	if b.Frame().Edited {
		t.Error("saved, and edited still")
	}
	if _, _, err := b.OpenScenario("third"); model.CodeOf(err) != model.NotFound || !strings.Contains(err.Error(), "first, second") {
		t.Errorf("an unknown one: %v", err)
	}
	if err := b.CompareWithScenario("first"); err != nil || b.Frame().Baseline != "first" {
		t.Errorf("compared with %s, %v", b.Frame().Baseline, err)
	}
}

func TestScenariosAreRenamedCopiedAndDeleted(t *testing.T) {
	t.Parallel()
	store := newMemory(33, 300)
	b := openBench(t, store)
	if err := b.SaveScenario("a", "why", false); err != nil {
		t.Fatal(err)
	}
	if err := b.SetBaseline(); err != nil {
		t.Fatal(err)
	}
	if marked, err := b.ToggleBeside("a"); !marked || err != nil {
		t.Fatal(marked, err)
	}
	if err := b.RenameScenario("a", "b"); err != nil {
		t.Fatal(err)
	}
	f := b.Frame()
	if f.Title != "b" || f.Edited || f.Baseline != "b" || !reflect.DeepEqual(b.Beside(), []string{"b"}) {
		t.Errorf("renamed: %s, edited %v, against %s, beside %v", f.Title, f.Edited, f.Baseline, b.Beside())
	}
	if err := b.CopyScenario("b", "c"); err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{
		"exists": b.CopyScenario("b", "c"), "exists too": b.RenameScenario("b", "c"),
		"usage": b.CopyScenario("b", "ten"), "usage too": b.SaveScenario("ten", "", false),
		"not-found": b.RenameScenario("a", "d"), "not-found too": b.DeleteScenario("a"), "not-found, either": b.NoteScenario("a", ""),
	} {
		if code, _, _ := strings.Cut(what, " "); model.CodeOf(err) != model.Code(strings.TrimSuffix(code, ",")) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := b.NoteScenario("c", "a copy"); err != nil {
		t.Fatal(err)
	}
	if err := b.DeleteScenario("b"); err != nil {
		t.Fatal(err)
	}
	if f := b.Frame(); f.Title != "b" || !f.Edited || len(b.Beside()) != 0 {
		t.Errorf("deleted: %s, edited %v, beside %v", f.Title, f.Edited, b.Beside())
	}
	all, err := b.Scenarios(t.Context())
	if err != nil || len(all) != 1 || all[0].Name != "c" || all[0].Note != "a copy" {
		t.Fatalf("%+v, %v", all, err)
	}
	if scheme, err := schemefile.Decode([]byte(all[0].Scheme)); err != nil || scheme.Name != "c" {
		t.Errorf("the copy's scheme is called %s, %v", scheme.Name, err)
	}
	store.ReadOnly = true
	reader := openBench(t, store)
	for what, err := range map[string]error{
		"save": reader.SaveScenario("x", "", false), "note": reader.NoteScenario("c", "x"), "copy": reader.CopyScenario("c", "x"),
		"rename": reader.RenameScenario("c", "x"), "delete": reader.DeleteScenario("c"),
	} {
		if model.CodeOf(err) != model.ReadOnly {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, _, err := reader.OpenScenario("c"); err != nil || reader.Frame().Title != "c" {
		t.Errorf("a reader opens %s, %v", reader.Frame().Title, err)
	}
}

func TestFourStandSideBySide(t *testing.T) {
	t.Parallel()
	b := openBench(t, newMemory(34, 50))
	for _, name := range []string{"a", "b", "c", "d"} {
		if _, err := b.ToggleBeside(name); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.ToggleBeside("e"); model.CodeOf(err) != model.Usage {
		t.Errorf("a fifth: %v", err)
	}
	if marked, err := b.ToggleBeside("b"); marked || err != nil || !reflect.DeepEqual(b.Beside(), []string{"a", "c", "d"}) {
		t.Errorf("%v, %v, %v", marked, err, b.Beside())
	}
}

// A scheme of other data is told as such everywhere, and one of these data
// nowhere.
func TestSchemesOfOtherData(t *testing.T) {
	t.Parallel()
	store := newMemory(35, 200)
	store.Fingerprint = "aaaaaaaaaaaaaaaa"
	s, b := openSession(t, store), openBench(t, store)
	warned := func(warnings []model.Warning) bool {
		for _, w := range warnings {
			if w.Code == "other-data" {
				return strings.Contains(w.Message, "bbbbbbbb…") && strings.Contains(w.Message, "aaaaaaaa…")
			}
		}
		return false
	}
	for data, want := range map[string]bool{"": false, "aaaaaaaaaaaaaaaa": false, "bbbbbbbbbbbb": true} {
		scheme := model.Ten()
		scheme.Name, scheme.Data = "x", data
		f, err := s.Tiers(t.Context(), scheme)
		if err != nil || warned(f.Warnings) != want {
			t.Errorf("tiers of %q: %v, %v", data, f.Warnings, err)
		}
		_, f, err = s.Scores(t.Context(), scheme, session.ScoreQuery{})
		if err != nil || warned(f.Warnings) != want {
			t.Errorf("scores of %q: %v, %v", data, f.Warnings, err)
		}
		standing, warnings, err := s.Standing(t.Context(), scheme)
		if err != nil || warned(warnings) != want {
			t.Errorf("%q standing: %v, %v", data, warnings, err)
		}
		if f, err := standing.Frame(t.Context(), scheme); err != nil || warned(f.Warnings) != want {
			t.Errorf("%q compared: %v, %v", data, f.Warnings, err)
		}
		if err := b.Change("x", scheme); err != nil || warned(b.Frame().Warnings) != want {
			t.Errorf("%q on the bench: %v, %v", data, b.Frame().Warnings, err)
		}
	}
}

// Commands do what the workbench does, without one.
func TestScenariosByCommand(t *testing.T) {
	t.Parallel()
	store := newMemory(36, 400)
	store.Fingerprint = "7f3a"
	s := openSession(t, store)
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	eight, err := session.PresetNamed("eight")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := s.SaveScenario(t.Context(), "mine", "note", eight, false, now)
	if err != nil || kept.Name != "mine" || kept.Cuts[0].At == nil {
		t.Fatalf("%+v, %v", kept, err)
	}
	if _, err := s.SaveScenario(t.Context(), "mine", "", eight, true, now); err != nil || store.Kept[0].Note != "note" {
		t.Errorf("the note is %q now, %v", store.Kept[0].Note, err)
	}
	bad := eight
	bad.Levels[0] = 12
	if _, err := s.SaveScenario(t.Context(), "bad", "", bad, false, now); model.CodeOf(err) != model.Usage || len(store.Kept) != 1 {
		t.Errorf("a scheme that makes no sense: %v", err)
	}
	edit, ok, err := s.OpenScheme(t.Context(), session.OpenedScenario(kept, model.DefaultSpec()), kept, now)
	if err != nil || !ok || edit.Customers == 0 {
		t.Fatalf("%+v, %v, %v", edit, ok, err)
	}
	if _, ok, err := s.OpenScheme(t.Context(), "again", kept, now); ok || err != nil {
		t.Errorf("again: %v, %v", ok, err)
	}
	if err := s.SetBaseline(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	if f := openBench(t, store).Frame(); f.Title != "mine" || f.Baseline != "mine" || f.Moves.Customers != 0 {
		t.Errorf("on the bench: %s against %s", f.Title, f.Baseline)
	}
	if base, err := s.Baseline(t.Context()); err != nil || base.Name != "mine" {
		t.Errorf("%+v, %v", base, err)
	}
	store.Kept[0].Scheme = "levels: ["
	if _, _, err := s.Scenario(t.Context(), "mine"); model.CodeOf(err) != model.Corrupt {
		t.Errorf("a scenario that cannot be read: %v", err)
	}
	if f := openBench(t, store).Frame(); f.Title != "mine" { // and it keeps nobody from working
		t.Error(f.Title)
	}
	if gone, err := s.DeleteScenario(t.Context(), "mine"); err != nil || gone.Note != "note" {
		t.Errorf("deleted %+v, %v", gone, err)
	}
}

// What freezing leaves to a method is said.
func TestFrozenWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		methods  [model.Axes]model.Method
		words    string
		warnings int
	}{
		{[model.Axes]model.Method{"quantile", "rfm-r", "fixed"}, "its cuts frozen as they are", 0},
		{[model.Axes]model.Method{"nested", "nested", "nested"}, "its cuts frozen as they are; not frozen: frequency, monetary (nested)", 1},
		{[model.Axes]model.Method{"ntile", "ntile", "ntile"}, "its cuts stay with their method: recency, frequency, monetary (ntile)", 1},
		{[model.Axes]model.Method{"quantile", "ntile", "nested"}, "its cuts frozen as they are; not frozen: frequency (ntile), monetary (nested)", 2},
	} {
		scheme := model.Ten()
		for a, method := range c.methods {
			scheme.Cuts[a].Method = method
		}
		if got := session.FrozenWords(scheme); got != c.words {
			t.Errorf("%v: %q, want %q", c.methods, got, c.words)
		}
		if got := session.NotFrozen(scheme); len(got) != c.warnings {
			t.Errorf("%v: %+v", c.methods, got)
		}
	}
}
