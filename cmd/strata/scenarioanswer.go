package main

import (
	"context"
	"strings"
	"time"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/tui/session"
)

// savedScenario is a scenario beside the scheme and the data of the workspace.
type savedScenario struct {
	model.Scenario
	estimate  string // where its cuts come from: frozen, data, or mixed
	data      string // fingerprint of the data it was made on, or ""
	otherData bool   // that is not the workspace's
	active    bool   // the workspace's working scheme is called so
	edited    bool   // and differs from it
	baseline  bool   // others are compared with it
}

// marks says in words what is particular about a scenario.
func (k savedScenario) marks() string {
	var marks []string
	if k.active {
		marks = append(marks, catalogue.T("active"))
	}
	if k.edited {
		marks = append(marks, catalogue.T("edited"))
	}
	if k.baseline {
		marks = append(marks, catalogue.T("baseline"))
	}
	if k.otherData {
		marks = append(marks, catalogue.T("saved on other data"))
	}
	return strings.Join(marks, ", ")
}

// besideWorkspace tells a scenario beside the working scheme and the baseline of the
// workspace. One whose scheme cannot be read is told without what hangs on it.
func besideWorkspace(ctx context.Context, s *session.Session, k model.Scenario) (savedScenario, error) {
	_, scheme, err := s.Scenario(ctx, k.Name)
	if model.CodeOf(err) == model.Corrupt {
		return savedScenario{Scenario: k, estimate: "unreadable"}, nil
	}
	if err != nil {
		return savedScenario{}, err
	}
	return schemeBesideWorkspace(ctx, s, k, scheme)
}

// schemeBesideWorkspace tells the same of a scenario, given its scheme.
func schemeBesideWorkspace(ctx context.Context, s *session.Session, k model.Scenario, scheme model.Scheme) (savedScenario, error) {
	active, err := s.ActiveScheme(ctx)
	if err != nil {
		return savedScenario{}, err
	}
	baseline, err := s.Baseline(ctx)
	if err != nil {
		return savedScenario{}, err
	}
	isActive := active.Name == k.Name
	return savedScenario{
		Scenario: k, estimate: estimateOf(scheme), data: scheme.Data, otherData: scheme.Data != "" && scheme.Data != s.Info().Fingerprint,
		active: isActive, edited: isActive && !active.Equal(scheme), baseline: baseline.Equal(scheme),
	}, nil
}

// scenarioColumns tell scenarios: the day in RFC 3339, UTC, to people in their own time;
// the scheme as YAML. Of show and delete a scheme file is what CSV is.
func scenarioColumns() []answer.Column[savedScenario] {
	type row = savedScenario
	return []answer.Column[row]{
		{Key: "name", Title: catalogue.T("scenario"), In: answer.Everyone, Of: func(k row) answer.Value { return answer.Text(k.Name) }},
		{Key: "note", In: answer.Machines, Of: func(k row) answer.Value { return answer.Text(k.Note) }},
		{Key: "saved_at", Title: catalogue.T("saved"), In: answer.Everyone, Of: func(k row) answer.Value {
			return answer.Text(k.SavedAt.UTC().Format(time.RFC3339)).Told(k.SavedAt.Local().Format("2006-01-02 15:04"))
		}},
		{Key: "estimate", Title: catalogue.T("cuts"), Means: catalogue.T("frozen as saved, recalculated on other data, or some of each"), In: answer.Everyone, Of: func(k row) answer.Value { return answer.Text(k.estimate).Told(estimateNames[k.estimate]) }},
		{Key: "data", In: answer.Machines, Of: func(k row) answer.Value { return answer.Text(k.data) }},
		{Key: "other_data", In: answer.Machines, Of: func(k row) answer.Value { return answer.Flag(k.otherData) }},
		{Key: "active", In: answer.Machines, Of: func(k row) answer.Value { return answer.Flag(k.active) }},
		{Key: "edited", In: answer.Machines, Of: func(k row) answer.Value { return answer.Flag(k.edited) }},
		{Key: "baseline", In: answer.Machines, Of: func(k row) answer.Value { return answer.Flag(k.baseline) }},
		{Key: "scheme", In: answer.JSON, Of: func(k row) answer.Value { return answer.Text(k.Scheme) }},
		{In: answer.People, Of: func(k row) answer.Value { return answer.Text(k.marks()) }},
		{Title: catalogue.T("note"), In: answer.People, Of: func(k row) answer.Value { return answer.Text(k.Note) }},
	}
}

func scenarioTable(list ...savedScenario) *answer.Table {
	return answer.TableOf("scenarios", answer.Slice[savedScenario](list), scenarioColumns())
}

// scenariosAnswer tells those of a workspace, in JSON as an array.
func scenariosAnswer(list []savedScenario, path string) *answer.Document {
	d := &answer.Document{Title: catalogue.T("Scenarios"), Bare: true, Flat: "scenarios"}
	if len(list) == 0 {
		return d.Table(scenarioTable(), answer.Machines).Say(catalogue.T("no scenario yet: strata scenario save {path} NAME", "path", path))
	}
	return d.Table(scenarioTable(list...), answer.Everyone)
}

// scenarioAnswer tells one.
func scenarioAnswer(k savedScenario) *answer.Document {
	d := answer.Fields(k, scenarioColumns())
	d.Flat = "scenarios"
	return d.Table(scenarioTable(k), answer.CSV)
}

// goneAnswer tells what was saved and is no longer.
func goneAnswer(k model.Scenario) *answer.Document {
	return new(answer.Document).Field("name", answer.Text(k.Name)).Field("note", answer.Text(k.Note)).Field("scheme", answer.Text(k.Scheme))
}

// differencesAnswer tells, in JSON as an array, what two schemes say differently: a
// place in a scheme file, and what stands there.
func differencesAnswer(before, after string, differences []session.Difference) *answer.Document {
	d := &answer.Document{Title: catalogue.T("Differences between {before} and {after}", "before", before, "after", after), Bare: true, Flat: "differences"}
	type row = session.Difference
	in := answer.Everyone
	if len(differences) == 0 {
		in = answer.Machines
		d.Say(catalogue.T("{before} and {after} do not differ", "before", before, "after", after))
	}
	return d.Table(answer.TableOf("differences", answer.Slice[row](differences), []answer.Column[row]{
		{Key: "what", In: answer.Everyone, Of: func(r row) answer.Value { return answer.Text(r.What).Told(r.Label) }},
		{Key: "before", Title: before, In: answer.Everyone, Of: func(r row) answer.Value { return answer.Text(r.Before).Told(r.Was) }},
		{Key: "after", Title: after, In: answer.Everyone, Of: func(r row) answer.Value { return answer.Text(r.After).Told(r.Now) }},
	}), in)
}

// estimateNames are what people call where cuts come from.
var estimateNames = map[string]string{
	"frozen": catalogue.T("frozen"), "data": catalogue.T("data"), "mixed": catalogue.T("mixed"), "unreadable": catalogue.T("unreadable"),
}

// estimateOf says where the cuts of a scheme come from.
func estimateOf(s model.Scheme) string {
	given := 0
	for _, cuts := range s.Cuts {
		if cuts.At != nil {
			given++
		}
	}
	switch {
	case given == len(s.Cuts) && !s.Value.ByShare():
		return "frozen"
	case given == 0:
		return "data"
	}
	return "mixed"
}

// baselineJSON is the stable JSON of `strata scenario baseline`.
type baselineJSON struct {
	Baseline string `json:"baseline"` // its name
	Scheme   string `json:"scheme"`   // as YAML
}
