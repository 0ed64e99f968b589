package session

import (
	"fmt"
	"slices"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Difference is one thing that two schemes say differently.
type Difference struct {
	What          string // stable: "recency.cuts"
	Label         string // in parts: "recency cuts"
	Before, After string // exactly
	// Was and Now are the same for people: cuts rounded.
	Was, Now string
}

// Differences lists what two schemes say differently, but for their names: what
// is measured, then scores, tiers and map, in the order of a scheme file.
// currency is that of the workspace, "" without one.
func Differences(a, b model.Scheme, currency string) []Difference {
	var all []Difference
	add := func(what, label, before, after string) {
		if before != after {
			all = append(all, Difference{what, label, before, after, before, after})
		}
	}
	addCuts := func(axis model.Axis) {
		d := Difference{What: "cuts." + axis.String(), Label: catalogue.T("{axis} cuts", "axis", words.Axis(axis))}
		d.Before, d.After = plainCuts(a, axis, currency), plainCuts(b, axis, currency)
		if d.Before == d.After {
			return
		}
		d.Was, d.Now = cutsWords(a, axis, currency), cutsWords(b, axis, currency)
		all = append(all, d)
	}
	add("as_of", catalogue.T("as of"), asOfWords(a.Spec), asOfWords(b.Spec))
	add("window", catalogue.T("window"), a.Spec.Window.String(), b.Spec.Window.String())
	add("where", catalogue.T("filter"), whereWords(a.Spec), whereWords(b.Spec))
	add("returns", catalogue.T("returns"), string(a.Spec.Returns), string(b.Spec.Returns))
	add("zero", catalogue.T("zero-value orders"), string(a.Spec.Zero), string(b.Spec.Zero))
	add("frequency", catalogue.T("frequency measure"), string(a.Spec.Frequency), string(b.Spec.Frequency))
	if a.Spec.Frequency == model.FrequencyPerMonth && b.Spec.Frequency == model.FrequencyPerMonth {
		add("least_months", catalogue.T("minimum months to divide by"), fmt.Sprint(a.Spec.MonthsAtLeast()), fmt.Sprint(b.Spec.MonthsAtLeast()))
	}
	add("monetary", catalogue.T("monetary measure"), string(a.Spec.Monetary), string(b.Spec.Monetary))
	for axis := range model.Axes {
		add("levels."+axis.String(), catalogue.T("{axis} scores", "axis", words.Axis(axis)), fmt.Sprint(a.Levels[axis]), fmt.Sprint(b.Levels[axis]))
		addCuts(axis)
	}
	add("value.weights", catalogue.T("weights of the value score"), joined(a.Value.Weights[:], " : "), joined(b.Value.Weights[:], " : "))
	add("value.cuts", catalogue.T("value cuts"), valueWords(a.Value), valueWords(b.Value))
	add("map", catalogue.T("map"), mapWords(a), mapWords(b))
	all = append(all, regionDifferences(a.Regions, b.Regions)...)
	add("fair", catalogue.T("fair rules"), fairWords(a.Fair), fairWords(b.Fair))
	add("data", catalogue.T("data"), dataWords(a), dataWords(b))
	return all
}

func asOfWords(s model.Spec) string {
	if s.AsOf == model.NoDay {
		return catalogue.T("the day after the last order")
	}
	return s.AsOf.String()
}

func whereWords(s model.Spec) string {
	if len(s.Where) == 0 {
		return catalogue.T("none")
	}
	var parts []string
	for _, c := range s.Where {
		parts = append(parts, c.String())
	}
	return strings.Join(parts, ", ")
}

// cutsWords tells people the cuts of a measure and how they come about: "14 / 33 /
// 72 / 180 days", "quantile, from the data".
func cutsWords(s model.Scheme, axis model.Axis, currency string) string {
	return cutsAnd(s.Cuts[axis], func(c model.Cut) string { return ExactCut(c, axis, s.Spec, currency) },
		func(texts []string) string { return CutsUnit(texts, axis, s.Spec) })
}

// plainCuts tells the same to a program: "250.5 / 1960 GBP".
func plainCuts(s model.Scheme, axis model.Axis, currency string) string {
	return cutsAnd(s.Cuts[axis], func(c model.Cut) string { return c.Text(s.Spec.Scale(axis)) }, func(texts []string) string {
		if axis == model.Monetary {
			return currency
		}
		return CutsUnit(texts, axis, s.Spec)
	})
}

func cutsAnd(cuts model.AxisCuts, write func(model.Cut) string, unit func(texts []string) string) string {
	if cuts.At == nil {
		return catalogue.T("{method}, from the data", "method", string(cuts.Method))
	}
	var texts []string
	for _, c := range cuts.At {
		texts = append(texts, write(c))
	}
	told := strings.TrimSpace(ListOfCuts(texts, cuts.Method) + " " + unit(texts))
	if cuts.Method != model.MethodFixed {
		told = catalogue.T("{cuts}, {method} frozen", "cuts", told, "method", string(cuts.Method))
	}
	return told
}

func valueWords(v model.ValueRule) string {
	if v.ByShare() {
		return catalogue.T("HIGH {high}, MID {mid} of the customers", "high", words.WholePercent(v.Shares[0]), "mid", words.WholePercent(v.Shares[1]))
	}
	return catalogue.T("MID from {mid}, HIGH from {high}", "mid", v.Cuts[0], "high", v.Cuts[1])
}

func mapWords(s model.Scheme) string {
	if s.Map != "" {
		return s.Map
	}
	return catalogue.T("its own")
}

// regionDifferences compares maps that are spelled out, segment by segment.
func regionDifferences(a, b []model.Region) []Difference {
	var all []Difference
	find := func(regions []model.Region, slug string) string {
		i := slices.IndexFunc(regions, func(r model.Region) bool { return r.Slug == slug })
		if i < 0 {
			return catalogue.T("none")
		}
		var cells []string
		for _, p := range regions[i].Cells {
			cells = append(cells, p.String())
		}
		r := regions[i]
		if r.Color != 0 {
			return catalogue.T("{label}, {tier}, colour {color}: {cells}", "label", r.Label, "tier", r.Tier, "color", r.Color, "cells", strings.Join(cells, " "))
		}
		return fmt.Sprintf("%s, %s: %s", r.Label, r.Tier, strings.Join(cells, " "))
	}
	for _, r := range slices.Concat(a, b) {
		was, now := find(a, r.Slug), find(b, r.Slug)
		d := Difference{"segment." + r.Slug, catalogue.T("segment {label}", "label", r.Label), was, now, was, now}
		known := slices.ContainsFunc(all, func(other Difference) bool { return other.What == d.What })
		if d.Before != d.After && !known {
			all = append(all, d)
		}
	}
	before, after := slugsOf(a), slugsOf(b)
	if !slices.Equal(before, after) && slices.Equal(slices.Sorted(slices.Values(before)), slices.Sorted(slices.Values(after))) {
		was, now := strings.Join(before, ", "), strings.Join(after, ", ")
		all = append(all, Difference{"segments.order", catalogue.T("order of the segments"), was, now, was, now})
	}
	return all
}

func slugsOf(regions []model.Region) []string {
	slugs := make([]string, len(regions))
	for i, r := range regions {
		slugs[i] = r.Slug
	}
	return slugs
}

func fairWords(f model.Fairness) string {
	if f.Empty() {
		return catalogue.T("none")
	}
	var parts []string
	for _, o := range f.Overrides {
		until := ""
		if o.Until != model.NoDay {
			until = catalogue.T(" until {until}", "until", o.Until.String())
		}
		why := strings.Join(slices.DeleteFunc([]string{o.Reason, o.Author}, func(s string) bool { return s == "" }), ", ")
		if why != "" {
			why = " (" + why + ")"
		}
		parts = append(parts, catalogue.T("{customer} in {tier}{until}{why}", "customer", o.Customer, "tier", words.Tier(o.Tier), "until", until, "why", why))
	}
	if f.Moving() {
		parts = append(parts, catalogue.T("grace {grace}, stay {stay}, band {band}, looking back {back}", "grace", f.Grace, "stay", f.Stay, "band", f.Band, "back", months(f.MonthsBack())))
	}
	if f.Off {
		parts = append(parts, catalogue.T("switched off"))
	}
	return strings.Join(parts, "; ")
}

func dataWords(s model.Scheme) string {
	if s.Data == "" {
		return catalogue.T("not recorded")
	}
	return shortPrint(s.Data)
}

func joined(numbers []int, between string) string {
	var texts []string
	for _, n := range numbers {
		texts = append(texts, fmt.Sprint(n))
	}
	return strings.Join(texts, between)
}
