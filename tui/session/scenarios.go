package session

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/model/words"
)

// Scenarios lists the scenarios kept in the workspace, by name. Errors: those of
// reading the workspace.
func (s *Session) Scenarios(ctx context.Context) ([]model.Scenario, error) {
	return s.store.Scenarios(ctx)
}

// Scenario returns a kept scenario and its scheme. Errors: NotFound, naming
// those there are; Corrupt.
func (s *Session) Scenario(ctx context.Context, name string) (model.Scenario, model.Scheme, error) {
	all, err := s.store.Scenarios(ctx)
	if err != nil {
		return model.Scenario{}, model.Scheme{}, err
	}
	var names []string
	for _, one := range all {
		if one.Name == name {
			scheme, err := decodeScenario(one)
			return one, scheme, err
		}
		names = append(names, one.Name)
	}
	notFound := model.Errorf(model.NotFound, "there is no scenario {name:q}", "name", name).WithHint("save one first")
	if names != nil {
		notFound = notFound.WithHint("there are: {names}", "names", strings.Join(names, ", "))
	}
	return model.Scenario{}, model.Scheme{}, notFound
}

func decodeScenario(s model.Scenario) (model.Scheme, error) {
	scheme, err := schemefile.Decode([]byte(s.Scheme))
	if err != nil {
		return scheme, model.Errorf(model.Corrupt, "scenario {name:q} of the workspace: {cause}", "name", s.Name, "cause", err).WithHint("delete it")
	}
	scheme.Name = s.Name
	return scheme, nil
}

// CheckScenarioName returns why a scenario cannot have a name, nil if it can:
// the name must say on a command line what is meant by it. Error: Usage.
func CheckScenarioName(name string) error {
	refuse := func(why string) error {
		return model.Errorf(model.Usage, "a scenario cannot be called {name:q}: {why}", "name", name, "why", why).WithHint("choose another name")
	}
	isPreset := slices.ContainsFunc(rfm.Presets(), func(p model.Scheme) bool { return strings.EqualFold(p.Name, name) })
	_, notDay := model.ParseDay(name)
	switch ext := strings.ToLower(filepath.Ext(name)); {
	case strings.TrimSpace(name) == "":
		return model.Errorf(model.Usage, "a scenario needs a name").WithHint("give one, like: tighter recency")
	case name != strings.TrimSpace(name):
		return refuse(catalogue.T("it begins or ends with a space"))
	case !utf8.ValidString(name) || model.Printable(name) != name:
		return refuse(catalogue.T("it contains characters that cannot be shown"))
	case model.CheckLength(name, model.LongestName) != nil:
		return model.CheckLength(name, model.LongestName)
	case isPreset:
		return refuse(catalogue.T("that is a preset"))
	case notDay == nil:
		return refuse(catalogue.T("that is a day"))
	case ext == ".yaml" || ext == ".yml":
		return refuse(catalogue.T("that would be read as a scheme file"))
	case strings.ContainsAny(name, `/\`):
		return refuse(catalogue.T("that would be read as a path"))
	case strings.HasPrefix(name, "scenario:") || strings.HasPrefix(name, "preset:"):
		return refuse(catalogue.T("it begins with a word that says what a name refers to"))
	}
	return nil
}

// SaveScenario keeps a scheme under a name, in the place of an older scenario
// of that name, and returns it as it was kept: named after the scenario, its
// cuts frozen as they are on the workspace unless estimate leaves them to their
// methods, with the fingerprint of the data; [NotFrozen] tells what stays with its
// method all the same. An empty note keeps that of the older one. Errors: Usage
// for the name, Exists for one that differs from another in its capitals only,
// ReadOnly, and those of measuring.
func (s *Session) SaveScenario(ctx context.Context, name, note string, scheme model.Scheme, estimate bool, at time.Time) (model.Scheme, error) {
	saving, err := s.PrepareScenario(ctx, name, note, scheme, estimate, at)
	if err != nil {
		return saving.Scheme, err
	}
	return saving.Scheme, s.KeepScenario(ctx, saving)
}

// Saving is a scenario that is about to be saved.
type Saving struct {
	Scenario model.Scenario
	Scheme   model.Scheme    // that of the scenario
	Replaced *model.Scenario // in whose place it comes; nil for nobody's
}

// PrepareScenario does all that [Session.SaveScenario] does, but for the saving:
// what would be replaced can be put elsewhere first. Errors: Usage, for a name or a
// scheme that cannot be, Exists, and those of measuring.
func (s *Session) PrepareScenario(ctx context.Context, name, note string, scheme model.Scheme, estimate bool, at time.Time) (Saving, error) {
	if err := CheckScenarioName(name); err != nil {
		return Saving{Scheme: scheme}, err
	}
	// Measured even if nothing is to be frozen: a scheme that cannot be used here
	// is not kept.
	_, rule, _, err := s.score(ctx, scheme)
	if err != nil {
		return Saving{Scheme: scheme}, err
	}
	kept, err := s.kept(name, scheme, rule, estimate)
	if err != nil {
		return Saving{Scheme: scheme}, err
	}
	return s.saving(ctx, name, note, kept, at)
}

// KeepScenario saves what was prepared. Error: ReadOnly.
func (s *Session) KeepScenario(ctx context.Context, saving Saving) error {
	return s.store.PutScenario(ctx, saving.Scenario)
}

// kept is a scheme as a scenario keeps it, and as it will be read again: a cut
// is written with six decimals.
func (s *Session) kept(name string, scheme model.Scheme, rule *rfm.Rule, estimate bool) (model.Scheme, error) {
	scheme = scheme.Clone()
	if !estimate {
		scheme = frozen(scheme, rule)
	}
	scheme.Name, scheme.Data = name, s.info.Fingerprint
	return schemefile.Decode([]byte(schemefile.Encode(scheme)))
}

// frozen is a scheme with the cuts in force under its rule in place of those
// that follow from the data, where cuts can tell the scores: it tiers the same
// customers alike.
func frozen(scheme model.Scheme, rule *rfm.Rule) model.Scheme {
	var made [model.Axes]rfm.Estimated
	for a := range made {
		made[a].Cuts = rule.Published[a]
	}
	scheme = rfm.Freeze(scheme, made)
	scheme.Value.Unvalued = rule.Value.Unvalued
	if scheme.Value.ByShare() {
		scheme.Value.Cuts, scheme.Value.Shares = rule.Value.Cuts, [2]int{}
	}
	return scheme
}

// asFixed is frozen with the ends of equal groups as fixed cuts, which keep
// equal values together: something to move, but customers may score otherwise.
func asFixed(scheme model.Scheme, rule *rfm.Rule) model.Scheme {
	scheme = frozen(scheme, rule)
	for a, cuts := range scheme.Cuts {
		if cuts.Method == model.MethodNTile {
			scheme.Cuts[a] = model.AxisCuts{Method: model.MethodFixed, At: slices.Clone(rule.Published[a])}
		}
	}
	return scheme
}

// NotFrozen warns of the measures of a scheme that stay with their methods where
// its cuts are frozen, because no cuts tell who scores what.
func NotFrozen(scheme model.Scheme) []model.Warning {
	why := map[model.Method]string{
		model.MethodNTile:  catalogue.T("equal groups split customers with equal values, which no cut does"),
		model.MethodNested: catalogue.T("nested cuts differ from score to score"),
	}
	var warnings []model.Warning
	for _, method := range model.Methods {
		if measures := stayingWith(scheme, method); measures != nil {
			warnings = append(warnings, model.Warning{Code: "not-frozen", Message: catalogue.T("not frozen: {measures}, which the method {method} goes on dividing: {why}. On these data the tiers stay as they are; on other data they are recalculated", "measures", strings.Join(measures, ", "), "method", method, "why", why[method])})
		}
	}
	return warnings
}

// FrozenWords tells in a few words what of a saved scheme's cuts is frozen:
// "its cuts frozen as they stand; not frozen: frequency, monetary (nested)".
func FrozenWords(scheme model.Scheme) string {
	var staying []string
	measures := 0
	for _, method := range model.Methods {
		if of := stayingWith(scheme, method); of != nil {
			measures += len(of)
			staying = append(staying, fmt.Sprintf("%s (%s)", strings.Join(of, ", "), method))
		}
	}
	switch {
	case measures == len(scheme.Cuts):
		return catalogue.T("its cuts stay with their method: {measures}", "measures", strings.Join(staying, ", "))
	case measures > 0:
		return catalogue.T("its cuts frozen as they are; not frozen: {measures}", "measures", strings.Join(staying, ", "))
	}
	return catalogue.T("its cuts frozen as they are")
}

// stayingWith names the measures whose scores a method gives as no cuts could.
func stayingWith(scheme model.Scheme, method model.Method) (measures []string) {
	for a, cuts := range scheme.Cuts {
		if axis := model.Axis(a); cuts.Method == method && !method.Freezes(axis) {
			measures = append(measures, words.Axis(axis))
		}
	}
	return measures
}

func (s *Session) putScenario(ctx context.Context, name, note string, scheme model.Scheme, at time.Time) error {
	saving, err := s.saving(ctx, name, note, scheme, at)
	if err != nil {
		return err
	}
	return s.KeepScenario(ctx, saving)
}

// saving is a scheme as it will be kept; without a note it has that of what it
// replaces. Error: Exists, for a name that differs in its capitals only.
func (s *Session) saving(ctx context.Context, name, note string, scheme model.Scheme, at time.Time) (Saving, error) {
	saving := Saving{Scheme: scheme}
	all, err := s.store.Scenarios(ctx)
	if err != nil {
		return saving, err
	}
	if older, there := likeNamed(all, name); there {
		if older.Name != name {
			return saving, errTaken(older.Name)
		}
		saving.Replaced = &older
		note = cmp.Or(note, older.Note)
	}
	saving.Scenario = model.Scenario{Name: name, Note: note, Scheme: schemefile.Encode(scheme), SavedAt: at}
	return saving, nil
}

// WouldReplace returns the scenario in whose place one of a name would be kept, nil
// where there is none. Errors: those of reading the workspace.
func (s *Session) WouldReplace(ctx context.Context, name string) (*model.Scenario, error) {
	all, err := s.store.Scenarios(ctx)
	if err != nil {
		return nil, err
	}
	if older, there := likeNamed(all, name); there && older.Name == name {
		return &older, nil
	}
	return nil, nil
}

// likeNamed finds the scenario of a name, or else one that a person would take for
// it: capitals tell no names apart.
func likeNamed(all []model.Scenario, name string) (like model.Scenario, found bool) {
	for _, one := range all {
		if one.Name == name {
			return one, true
		}
		if strings.EqualFold(one.Name, name) {
			like, found = one, true
		}
	}
	return like, found
}

func errTaken(name string) error {
	return model.Errorf(model.Exists, "there is a scenario {name:q} already", "name", name).WithHint("choose another name, or delete that one first; a difference in capitals does not make another name")
}

// NoteScenario writes a note about a scenario, "" for none. Errors: NotFound,
// ReadOnly.
func (s *Session) NoteScenario(ctx context.Context, name, note string) error {
	scenario, _, err := s.Scenario(ctx, name)
	if err != nil {
		return err
	}
	scenario.Note = note
	return s.store.PutScenario(ctx, scenario)
}

// CopyScenario keeps a scenario a second time, under another name. Errors:
// NotFound, Exists, Usage for the name, ReadOnly.
func (s *Session) CopyScenario(ctx context.Context, from, to string) error {
	return s.copyScenario(ctx, from, to, "")
}

// copyScenario copies a scenario; the name of one, "" for none, is as good as free.
func (s *Session) copyScenario(ctx context.Context, from, to, free string) error {
	scenario, scheme, err := s.Scenario(ctx, from)
	if err != nil {
		return err
	}
	if err := CheckScenarioName(to); err != nil {
		return err
	}
	all, err := s.store.Scenarios(ctx)
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(slices.Clone(all), func(one model.Scenario) bool { return one.Name == free && free != to })
	if older, there := likeNamed(others, to); there {
		return errTaken(older.Name)
	}
	scheme.Name = to
	scenario.Name, scenario.Scheme = to, schemefile.Encode(scheme)
	return s.store.PutScenario(ctx, scenario)
}

// RenameScenario gives a scenario another name. Should the power fail in the
// middle, it is there under both. Errors: those of CopyScenario.
func (s *Session) RenameScenario(ctx context.Context, from, to string) error {
	if err := s.copyScenario(ctx, from, to, from); err != nil {
		return err
	}
	return s.store.DeleteScenario(ctx, from)
}

// DeleteScenario forgets a scenario and returns what was forgotten. Errors:
// NotFound, ReadOnly.
func (s *Session) DeleteScenario(ctx context.Context, name string) (model.Scenario, error) {
	all, err := s.store.Scenarios(ctx)
	if err != nil {
		return model.Scenario{}, err
	}
	i := slices.IndexFunc(all, func(one model.Scenario) bool { return one.Name == name })
	if i < 0 {
		_, _, err := s.Scenario(ctx, name)
		return model.Scenario{}, err
	}
	return all[i], s.store.DeleteScenario(ctx, name)
}

// SetBaseline makes a scheme the one others are compared with. Errors: those of
// measuring, Usage for a scheme that makes no sense, ReadOnly.
func (s *Session) SetBaseline(ctx context.Context, scheme model.Scheme) error {
	if _, _, _, err := s.score(ctx, scheme); err != nil {
		return err
	}
	return s.store.SetBaseline(ctx, schemefile.Encode(scheme))
}

// Baseline returns the scheme others are compared with, the scheme ten where
// the person has set none. Error: Corrupt.
func (s *Session) Baseline(ctx context.Context) (model.Scheme, error) {
	stored, err := s.store.Bench(ctx)
	if err != nil {
		return model.Scheme{}, err
	}
	return baselineOf(stored)
}

func baselineOf(stored model.Bench) (model.Scheme, error) {
	if stored.Baseline == "" {
		return model.Ten(), nil
	}
	scheme, err := schemefile.Decode([]byte(stored.Baseline))
	if err != nil {
		return scheme, model.Errorf(model.Corrupt, "the baseline of the workspace cannot be read: {cause}", "cause", err).WithHint("set another with: strata scenario baseline")
	}
	return scheme, nil
}

// OpenScheme makes a scheme the working one of the workspace, as one edit told
// by its label, and returns the edit. There is none if it is that already; ok
// is false then. Errors: those of measuring, Usage for a scheme that makes no
// sense, ReadOnly.
func (s *Session) OpenScheme(ctx context.Context, label string, scheme model.Scheme, at time.Time) (edit model.Edit, ok bool, err error) {
	stored, err := s.store.Bench(ctx)
	if err != nil {
		return edit, false, err
	}
	before, err := s.ActiveScheme(ctx)
	if err != nil || before.Equal(scheme) {
		return edit, false, err
	}
	base, rule, _, err := s.score(ctx, scheme)
	if err != nil {
		return edit, false, err
	}
	var was *state // nil where the one before cannot be used any more: this is the way out
	if base, rule, _, err := s.score(ctx, before); err == nil {
		was = &state{base, rule}
	}
	if err := ctx.Err(); err != nil {
		return edit, false, err
	}
	moved := opened(was, &state{base, rule})
	edit = model.Edit{
		Parent: stored.Head, At: at, Label: label + moved.tiers() + moved.sides(), Scheme: schemefile.Encode(scheme),
		Customers: moved.Customers, Revenue: moved.Revenue,
	}
	edit.ID, err = s.store.AddEdit(ctx, edit)
	return edit, err == nil, err
}

// OpenedScenario is the label of the edit that opens a scenario over what counted
// before.
func OpenedScenario(scheme model.Scheme, before model.Spec) string {
	return catalogue.T(`opened scenario "{name}"{counts}`, "name", scheme.Name, "counts", CountsNow(scheme.Spec, before))
}

// OpenedWith is the label of the edit that opens a scheme from outside over the one
// before: its name, what it counts, and what else is otherwise than before, or where
// its name changes, than in the scheme known by it, nil where none is. currency is
// that of the workspace.
func OpenedWith(scheme, before model.Scheme, named *model.Scheme, currency string) string {
	label := catalogue.T("opened with {name}{counts}", "name", scheme.Name, "counts", CountsNow(scheme.Spec, before.Spec))
	if scheme.Name == before.Name {
		named = &before
	}
	if named != nil {
		for _, words := range scoredOtherwise(scheme, *named, currency) {
			label += ", " + words
		}
	}
	for _, words := range fairOtherwise(scheme.Fair, before.Fair) {
		label += ", " + words
	}
	return label
}

// scoredOtherwise tells in a few words each what one scheme scores or calls otherwise
// than another: "recency cuts 14 / 45 / 90 / 180 days", "map eight".
func scoredOtherwise(scheme, than model.Scheme, currency string) []string {
	than.Spec, than.Fair, than.Data = scheme.Spec, scheme.Fair, scheme.Data
	var told []string
	for _, d := range Differences(than, scheme, currency) {
		now := d.Label + " " + strings.TrimSuffix(d.Now, catalogue.T(", from the data"))
		if strings.HasPrefix(d.What, "segment") {
			now = catalogue.T("another map")
		}
		if !slices.Contains(told, now) {
			told = append(told, now)
		}
	}
	return told
}

// Onto is a preset as it is opened over the working scheme: it says how customers
// are scored and called, not which orders count. As-of, window, filter and
// policies stay, and fair rules unless it has its own.
func Onto(working, preset model.Scheme) model.Scheme {
	scheme, working := preset.Clone(), working.Clone()
	scheme.Spec = working.Spec
	if scheme.Fair.Empty() {
		scheme.Fair = working.Fair
	}
	return scheme
}

// OtherData warns of a scheme that was made on other data than the workspace's.
func (s *Session) OtherData(scheme model.Scheme) []model.Warning {
	if scheme.Data == "" || s.info.Fingerprint == "" || scheme.Data == s.info.Fingerprint {
		return nil
	}
	return []model.Warning{{
		Code:    "other-data",
		Message: catalogue.T("the scheme {name} was saved on other data ({data}, here {fingerprint}): frozen cuts are those of that data, and may divide these customers differently", "name", scheme.Name, "data", shortPrint(scheme.Data), "fingerprint", shortPrint(s.info.Fingerprint)),
	}}
}

// shortPrint is enough of a fingerprint to tell it from another.
func shortPrint(fingerprint string) string {
	const enough = 8
	if len(fingerprint) <= enough {
		return fingerprint
	}
	return fingerprint[:enough] + "…"
}
