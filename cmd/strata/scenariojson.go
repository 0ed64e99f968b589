package main

import (
	"context"
	"fmt"
	"time"

	"strata/model"
	"strata/tui/session"
)

// scenarioJSON is a kept scenario in the stable JSON of `strata scenario`: an
// array of them for list, one for show, save, note, rename and copy. As CSV it
// comes without the scheme; of show and delete a scheme file is what CSV is, too.
type scenarioJSON struct {
	Name    string `json:"name"`
	Note    string `json:"note"`
	SavedAt string `json:"saved_at"` // RFC 3339, UTC
	// Estimate says where its cuts come from: frozen, data, or mixed.
	Estimate  string `json:"estimate"`
	Data      string `json:"data"`       // fingerprint of the data it was made on, or ""
	OtherData bool   `json:"other_data"` // that is not the workspace's
	Active    bool   `json:"active"`     // the workspace's working scheme is called so
	Edited    bool   `json:"edited"`     // and differs from it
	Baseline  bool   `json:"baseline"`   // others are compared with it
	Scheme    string `json:"scheme"`     // as YAML
	// Replaced is what save put it in the place of.
	Replaced *deletedJSON `json:"replaced,omitempty"`
}

// marks says in words what is particular about a scenario.
func (j scenarioJSON) marks() []string {
	var marks []string
	if j.Active && j.Edited {
		marks = append(marks, "active, edited")
	} else if j.Active {
		marks = append(marks, "active")
	}
	if j.Baseline {
		marks = append(marks, "baseline")
	}
	if j.OtherData {
		marks = append(marks, "of other data")
	}
	return marks
}

func scenarioTable(list []scenarioJSON) *table {
	t := newTable("name", "note", "saved_at", "estimate", "data", "other_data", "active", "edited", "baseline")
	for _, j := range list {
		t.row(j.Name, j.Note, j.SavedAt, j.Estimate, j.Data, fmt.Sprint(j.OtherData), fmt.Sprint(j.Active), fmt.Sprint(j.Edited), fmt.Sprint(j.Baseline))
	}
	return t
}

// newScenarioJSON tells a scenario beside the working scheme and the baseline of
// the workspace. One whose scheme cannot be read is told without what hangs on it.
func newScenarioJSON(ctx context.Context, s *session.Session, k model.Scenario) (scenarioJSON, error) {
	_, scheme, err := s.Scenario(ctx, k.Name)
	if err != nil && model.CodeOf(err) != model.Corrupt {
		return scenarioJSON{}, err
	}
	if err != nil {
		return scenarioJSONOf(ctx, s, k, nil)
	}
	return scenarioJSONOf(ctx, s, k, &scheme)
}

// scenarioJSONOf tells a scenario, given its scheme, nil for one that cannot be read.
func scenarioJSONOf(ctx context.Context, s *session.Session, k model.Scenario, scheme *model.Scheme) (scenarioJSON, error) {
	j := scenarioJSON{Name: k.Name, Note: k.Note, SavedAt: k.SavedAt.UTC().Format(time.RFC3339), Scheme: k.Scheme}
	active, err := s.ActiveScheme(ctx)
	if err != nil {
		return j, err
	}
	baseline, err := s.Baseline(ctx)
	if err != nil {
		return j, err
	}
	if scheme == nil {
		j.Estimate = "unreadable"
		return j, nil
	}
	j.Estimate, j.Data = estimateOf(*scheme), scheme.Data
	j.OtherData = scheme.Data != "" && scheme.Data != s.Info().Fingerprint
	j.Active, j.Edited = active.Name == k.Name, active.Name == k.Name && !active.Equal(*scheme)
	j.Baseline = baseline.Equal(*scheme)
	return j, nil
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

// deletedJSON is the stable JSON of `strata scenario delete`: what was kept.
type deletedJSON struct {
	Name   string `json:"name"`
	Note   string `json:"note"`
	Scheme string `json:"scheme"` // as YAML
}

// differenceJSON is one entry of `strata scenario diff`: a place in a scheme
// file, and what stands there.
type differenceJSON struct {
	What   string `json:"what"`
	Before string `json:"before"`
	After  string `json:"after"`
}
