package question

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/session"
)

// The groupings that every workspace has; all others are columns.
const (
	byTier    = "tier"
	bySegment = "segment"
)

// grouping puts every row of the base into one group.
type grouping struct {
	name   string // as it is chosen
	title  string // for people
	of     []uint32
	groups []group
}

// group is customers with something in common.
type group struct {
	key, label string
	tone       answer.Tone
}

// groupBy groups the customers by tier, by segment, or by what they have in a column.
// Tiers and segments stand in their order, values with the most customers first.
// Errors: Usage where there is no such column, and those of reading it.
func groupBy(ctx context.Context, on *session.Standing, name string) (grouping, error) {
	switch name {
	case byTier:
		g := grouping{name: name, title: catalogue.T("tier")}
		for _, t := range tiers {
			g.groups = append(g.groups, group{string(t), words.Tier(t), answer.ToneOf(t)})
		}
		for _, rank := range tierOf(on) {
			g.of = append(g.of, uint32(rank))
		}
		return g.filled(), nil
	case bySegment:
		g := grouping{name: name, title: catalogue.T("segment")}
		for _, s := range on.Rule().Segments {
			g.groups = append(g.groups, group{s.Slug, s.Label, answer.ToneOf(s.Tier)})
		}
		g.groups = append(g.groups, group{string(model.TierNone), words.Tier(model.TierNone), answer.Plain})
		for _, s := range on.Segments() {
			g.of = append(g.of, uint32(s))
		}
		return g.filled(), nil
	}
	a, err := attributeNamed(ctx, on, name)
	if err != nil {
		return grouping{}, err
	}
	values, err := on.Values(ctx, a)
	if err != nil {
		return grouping{}, err
	}
	g := grouping{name: a.Name, title: a.Name}
	for _, word := range values.Words {
		g.groups = append(g.groups, group{key: word, label: cmp.Or(word, catalogue.T("(empty)"))})
	}
	for _, customer := range on.Base().Customer {
		g.of = append(g.of, values.Code[customer])
	}
	return g.filled().bySize(), nil
}

// attributeNamed finds a column by its name, whatever its case, or by what it was
// recognised as. Error: Usage.
func attributeNamed(ctx context.Context, on *session.Standing, name string) (model.Attribute, error) {
	all, err := on.Attributes(ctx)
	if err != nil {
		return model.Attribute{}, err
	}
	for _, means := range []func(a model.Attribute) string{
		func(a model.Attribute) string { return a.Name },
		func(a model.Attribute) string { return a.Field },
	} {
		for _, a := range all {
			if strings.EqualFold(means(a), name) {
				return a, nil
			}
		}
	}
	names := []string{byTier, bySegment}
	for _, a := range all {
		names = append(names, a.Name)
	}
	return model.Attribute{}, model.Errorf(model.Usage, "there is no column {name:q} of customers or orders", "name", name).WithHint("use {names}", "names", words.Or(names))
}

// filled is the grouping without groups of nobody.
func (g grouping) filled() grouping {
	sizes := g.sizes()
	to, groups := make([]uint32, len(g.groups)), []group{}
	for i, one := range g.groups {
		to[i] = uint32(len(groups))
		if sizes[i] > 0 {
			groups = append(groups, one)
		}
	}
	for row, i := range g.of {
		g.of[row] = to[i]
	}
	g.groups = groups
	return g
}

// bySize is the grouping with the groups of most customers first, those of one size by
// their names.
func (g grouping) bySize() grouping {
	sizes := g.sizes()
	order := make([]int, len(g.groups))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(sizes[b], sizes[a]), strings.Compare(g.groups[a].label, g.groups[b].label))
	})
	to, groups := make([]uint32, len(order)), make([]group, len(order))
	for place, i := range order {
		to[i], groups[place] = uint32(place), g.groups[i]
	}
	for row, i := range g.of {
		g.of[row] = to[i]
	}
	g.groups = groups
	return g
}

func (g grouping) sizes() []int64 {
	sizes := make([]int64, len(g.groups))
	for _, i := range g.of {
		sizes[i]++
	}
	return sizes
}

// crowdOf is the customers of a base whose rows meet a condition.
func crowdOf(on *session.Standing, title string, meets func(row int) bool) *answer.Crowd {
	return &answer.Crowd{Title: title, Customers: func(context.Context) ([]int32, error) {
		var rows []int32
		for row := range on.Base().Len() {
			if meets(row) {
				rows = append(rows, int32(row))
			}
		}
		return customersAt(on, rows), nil
	}}
}
