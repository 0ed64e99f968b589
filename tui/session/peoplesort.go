package session

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"math"
	"slices"

	"strata/analysis/rfm"
	"strata/model"
)

// PeopleColumn names a column of a list of people: one of PeopleColumns, or
// [AttributeColumn].
type PeopleColumn string

// The columns that every list can have. The zero column is the order in which
// customers are stored.
const (
	ColumnCustomer  PeopleColumn = "customer"
	ColumnLastOrder PeopleColumn = "last_order"
	ColumnRecency   PeopleColumn = "recency"
	ColumnOrders    PeopleColumn = "orders"
	ColumnFrequency PeopleColumn = "frequency"
	ColumnMonetary  PeopleColumn = "monetary"
	ColumnR         PeopleColumn = "r"
	ColumnF         PeopleColumn = "f"
	ColumnM         PeopleColumn = "m"
	ColumnValue     PeopleColumn = "value"
	ColumnSegment   PeopleColumn = "segment"
	ColumnTier      PeopleColumn = "tier"
)

// AttributeColumn is the column of an attribute.
func AttributeColumn(a model.Attribute) PeopleColumn {
	return PeopleColumn(string(a.Subject) + "." + a.Name)
}

// sorted returns the rows in the order asked for; rows that are equal keep
// their order.
func (p *People) sorted(ctx context.Context) ([]int32, error) {
	if p.Request.Sort == "" {
		return p.rows, nil
	}
	key, err := p.sortKey(ctx)
	if err != nil {
		return nil, err
	}
	keys := make([]int64, len(p.rows))
	err = each(ctx, len(keys), func(i int) {
		if keys[i] = key(int(p.rows[i])); p.Request.Descending {
			keys[i] = ^keys[i]
		}
	})
	if err != nil {
		return nil, err
	}
	order := rfm.Ascending(keys)
	rows := make([]int32, len(order))
	for i, from := range order {
		rows[i] = p.rows[from]
	}
	return rows, nil
}

// sortKey returns what gives a row of the base its number in the order of the
// column. Segments and tiers ascend from the best, texts by their bytes.
func (p *People) sortKey(ctx context.Context) (func(row int) int64, error) {
	base, rule := p.roster.base, p.roster.rule
	score := func(a model.Axis) func(int) int64 {
		return func(row int) int64 { return int64(rule.ScoresOf(base, row)[a]) }
	}
	switch p.Request.Sort {
	case ColumnCustomer:
		ranks, err := ranksOf(ctx, p.keys.Len(), p.keys.Slice)
		return func(row int) int64 { return int64(ranks[base.Customer[row]]) }, err
	case ColumnLastOrder:
		return func(row int) int64 { return -int64(base.Recency[row]) }, nil
	case ColumnRecency:
		return func(row int) int64 { return int64(base.Recency[row]) }, nil
	case ColumnOrders:
		return func(row int) int64 { return int64(base.Orders[row]) }, nil
	case ColumnFrequency:
		return func(row int) int64 { return int64(base.Frequency[row]) }, nil
	case ColumnMonetary:
		return func(row int) int64 { return base.Monetary[row] }, nil
	case ColumnR:
		return score(model.Recency), nil
	case ColumnF:
		return score(model.Frequency), nil
	case ColumnM:
		return score(model.Monetary), nil
	case ColumnValue:
		ranks := valueRanks(rule)
		return func(row int) int64 { return ranks[rule.Cell(rule.ScoresOf(base, row))] }, nil
	case ColumnSegment:
		return func(row int) int64 { return int64(p.segments[row]) }, nil
	case ColumnTier:
		return func(row int) int64 { return int64(rule.Segments[p.segments[row]].Tier.Rank()) }, nil
	}
	if p.moves != nil {
		switch p.Request.Sort {
		case ColumnWas:
			return func(row int) int64 { return int64(p.roster.was.Of[row]) }, nil
		case ColumnReason:
			return p.moves.reasonKey(ctx, p.rows)
		case ColumnDistance:
			return p.moves.distanceKey(), nil
		}
	}
	codes := p.facts[p.Request.Sort]
	if codes == nil {
		return nil, model.Errorf(model.NotFound, "the list has no column {sort:q} to sort by", "sort", string(p.Request.Sort))
	}
	ranks, err := ranksOf(ctx, len(codes.Words), func(i int) []byte { return []byte(codes.Words[i]) })
	return func(row int) int64 { return int64(ranks[codes.Code[base.Customer[row]]]) }, err
}

// valueRanks numbers the cells by their value score; cells of equal value
// share a number.
func valueRanks(rule *rfm.Rule) []int64 {
	cells := make([]int, rule.Cells())
	for cell := range cells {
		cells[cell] = cell
	}
	compare := func(a, b int) int { return rule.ValueScore(a).Compare(rule.ValueScore(b)) }
	slices.SortFunc(cells, compare)
	ranks := make([]int64, len(cells))
	for i, cell := range cells {
		if ranks[cell] = int64(i); i > 0 && compare(cells[i-1], cell) == 0 {
			ranks[cell] = ranks[cells[i-1]]
		}
	}
	return ranks
}

// ranksOf numbers n texts in the order of their bytes; equal ones share a
// number. The eight bytes after what all texts begin with are sorted as
// numbers, which settles nearly all; the rest is compared.
func ranksOf(ctx context.Context, n int, text func(i int) []byte) ([]int32, error) {
	common := commonPrefix(n, text)
	heads := make([]int64, n)
	err := each(ctx, n, func(i int) {
		var head [8]byte
		copy(head[:], text(i)[common:])
		heads[i] = int64(binary.BigEndian.Uint64(head[:]) ^ 1<<63) // unsigned order as that of signed numbers
	})
	if err != nil {
		return nil, err
	}
	order := rfm.Ascending(heads)
	for from := 0; from < n; {
		to := from + 1
		for to < n && heads[order[to]] == heads[order[from]] {
			to++
		}
		if to-from > 1 {
			if ctx.Err() != nil {
				return nil, model.Errorf(model.Cancelled, "sorting was stopped: {cause}", "cause", context.Cause(ctx))
			}
			slices.SortFunc(order[from:to], func(a, b int32) int {
				return cmp.Or(bytes.Compare(text(int(a)), text(int(b))), cmp.Compare(a, b))
			})
		}
		from = to
	}
	ranks := make([]int32, n)
	for i, at := range order {
		if ranks[at] = int32(i); i > 0 && bytes.Equal(text(int(order[i-1])), text(int(at))) {
			ranks[at] = ranks[order[i-1]]
		}
	}
	return ranks, nil
}

// commonPrefix returns how many bytes all texts begin with alike.
func commonPrefix(n int, text func(i int) []byte) int {
	if n == 0 {
		return 0
	}
	first := text(0)
	common := math.MaxInt
	for i := range n {
		t := text(i)
		common = min(common, len(t), len(first))
		for j := range common {
			if t[j] != first[j] {
				common = j
				break
			}
		}
		if common == 0 {
			break
		}
	}
	return common
}
