package mapeditor

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui/action"
	"strata/tui/screen"
	"strata/tui/session"
)

// edit performs the actions that change the map.
func (s *Screen) edit(id action.ID) screen.Outcome {
	r := s.rows[s.brushRow()]
	switch id {
	case action.Paint:
		return edited(s.bench.Paint(s.pattern(), s.brush))
	case action.SegmentAdd:
		return s.add(r.Tier)
	case action.SegmentEarlier:
		return edited(s.bench.MoveSegment(s.brush, -1))
	case action.SegmentLater:
		return edited(s.bench.MoveSegment(s.brush, +1))
	case action.SegmentTier:
		tiers := []model.Tier{model.TierHigh, model.TierMid, model.TierLow, model.TierNone}
		return edited(s.bench.SetSegmentTier(s.brush, tiers[(slices.Index(tiers, r.Tier)+1)%len(tiers)]))
	case action.SegmentColor:
		return edited(s.bench.SetSegmentColor(s.brush, (s.frame.ColorOf(s.brush)+1)%(model.SegmentColors+1)))
	case action.SegmentName:
		return s.name(r)
	case action.SegmentDelete:
		return edited(s.bench.DeleteSegment(s.brush))
	case action.MapWeights, action.MapValueCuts:
		return s.value(id)
	case action.MapFile:
		return screen.Outcome{Ask: s.askMap("")}
	}
	return screen.Outcome{}
}

// askMap asks for a map file, with the path typed before.
func (s *Screen) askMap(path string) *screen.Question {
	return &screen.Question{Text: catalogue.T("load a map from a .csv or .yaml file"), Value: path, Answer: s.readMap}
}

// readMap is what reading a map file came to.
type readMap struct {
	path   string
	scheme model.Scheme // with the map of the file
	err    error
}

// readMap reads a file beside the keys: it may lie far away, or be anything.
func (s *Screen) readMap(path string) screen.Outcome {
	scheme := s.frame.Scheme
	return screen.Outcome{Busy: catalogue.T("reading {path}", "path", path), Work: func(context.Context) any {
		read, err := session.ReadMap(path, scheme)
		return readMap{path, read, err}
	}}
}

// takeMap makes the map that was read the working scheme's. What is wrong with
// it is told in full: file, line, column and what to do; then the path is asked for
// again.
func (s *Screen) takeMap(read readMap) screen.Outcome {
	told := ""
	if read.err == nil {
		told, read.err = s.bench.TakeMap(filepath.Base(read.path), read.scheme)
	}
	var e *model.Error
	if !errors.As(read.err, &e) {
		return edited(told, read.err)
	}
	text := &screen.Text{Title: catalogue.T("The map was not loaded"), Paragraphs: []string{e.Message + "."}}
	if e.Hint != "" {
		text.Paragraphs = append(text.Paragraphs, catalogue.T("To fix it: {hint}.", "hint", e.Hint))
	}
	text.Paragraphs = append(text.Paragraphs, catalogue.T("Nothing has changed."))
	return screen.Outcome{Read: text, Ask: s.askMap(read.path)}
}

// edited is what came of an edit.
func edited(told string, err error) screen.Outcome {
	return screen.Outcome{Note: told, Err: err, Edited: err == nil}
}

// add asks for the name of a new segment, which becomes the brush.
func (s *Screen) add(tier model.Tier) screen.Outcome {
	return screen.Outcome{Ask: &screen.Question{
		Text: catalogue.T("name of the new segment in {label}", "label", tierOf(s.frame, tier).Label),
		Answer: func(label string) screen.Outcome {
			slug, told, err := s.bench.AddSegment(label, tier)
			if err == nil {
				s.brush = slug
			}
			return edited(told, err)
		},
	}}
}

func (s *Screen) name(r row) screen.Outcome {
	if r.Slug == others.Slug {
		return screen.Outcome{Note: catalogue.T("Others is the name of the leftover cells")}
	}
	return screen.Outcome{Ask: &screen.Question{
		Text: catalogue.T("name of the segment {label}", "label", r.Label), Value: r.Label,
		Answer: func(label string) screen.Outcome { return edited(s.bench.RenameSegment(r.Slug, label)) },
	}}
}

// value asks for the weights of the value score, or for where its tiers begin.
func (s *Screen) value(id action.ID) screen.Outcome {
	if err := s.bench.ValueFixed(); err != nil {
		return screen.Outcome{Err: err}
	}
	v := s.frame.Scheme.Value
	if id == action.MapWeights {
		return screen.Outcome{Ask: &screen.Question{
			Text: catalogue.T("weights of recency, frequency and monetary"), Value: fmt.Sprintf("%d %d %d", v.Weights[0], v.Weights[1], v.Weights[2]),
			Answer: func(text string) screen.Outcome { return edited(s.bench.SetWeights(text)) },
		}}
	}
	return screen.Outcome{Ask: &screen.Question{
		Text: catalogue.T("value scores, {min} to {max} ({empty}: no customers), where MID and HIGH begin", "min", v.Min(), "max", v.Max(), "empty", v.Max()+1), Value: fmt.Sprintf("%d %d", v.Cuts[0], v.Cuts[1]),
		Answer: func(text string) screen.Outcome { return edited(s.bench.SetValueCuts(text)) },
	}}
}
