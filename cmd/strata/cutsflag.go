package main

import (
	"strings"

	"strata/model"
	"strata/model/catalogue"
)

// parseCuts reads raw cuts, which do not descend: otherwise a comma that was meant to
// part thousands or decimals would silently make other scores. Two may be equal, as
// those are that a method draws through ties; a warning says that nobody has the score
// between them.
func parseCuts(text string, axis model.Axis, scale int64) ([]model.Cut, error) {
	parts := strings.Split(text, ",")
	at := make([]model.Cut, len(parts))
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
		var err error
		if at[i], err = model.ParseCut(parts[i], scale); err != nil {
			return nil, err
		}
		switch {
		case len(parts[i]) > 1 && parts[i][0] == '0' && parts[i][1] != '.':
			return nil, model.Errorf(model.Usage, "the {axis} cut {cut} begins with a zero", "axis", axis, "cut", parts[i]).WithHint("{hint}", "hint", commaHint(parts[:i+1]))
		case i > 0 && at[i].Compare(at[i-1]) < 0:
			return nil, model.Errorf(model.Usage, "the {axis} cut {cut} comes after {previous}, but cuts ascend", "axis", axis, "cut", parts[i], "previous", parts[i-1]).
				WithHint("{hint}", "hint", commaHint(parts[:i+1]))
		}
	}
	return at, nil
}

// commaHint says how to write the number that a comma may have parted just before
// the last of some cuts, or at it.
func commaHint(parts []string) string {
	const thousands = 3 // digits of a group
	last := len(parts) - 1
	meant, written := "1250.5", "1,250.5"
	switch {
	case last > 0 && len(parts[last]) == thousands:
		meant, written = parts[last-1]+parts[last], parts[last-1]+","+parts[last]
	case last > 1 && len(parts[last-1]) == thousands:
		meant, written = parts[last-2]+parts[last-1], parts[last-2]+","+parts[last-1]
	case last > 0 && !strings.Contains(parts[last-1]+parts[last], "."):
		meant, written = parts[last-1]+"."+parts[last], parts[last-1]+","+parts[last]
	}
	return catalogue.T("a comma separates cuts: write {meant}, not {written}, with a decimal point and no thousands separators; or put the cuts in ascending order", "meant", meant, "written", written)
}

// note tells the notices about the flags in one line, "" without any.
func (f *schemeFlags) note() string {
	var told []string
	for _, n := range f.notices {
		told = append(told, n.Message)
	}
	return strings.Join(told, "; ")
}

// rescored tells that cuts give a measure another number of scores.
func rescored(axis model.Axis, before, now int) []model.Warning {
	if before == now {
		return nil
	}
	return []model.Warning{{Code: "other-scores", Message: catalogue.T("{axis} now has {now} scores, before {before}", "axis", axis, "now", now, "before", before)}}
}
