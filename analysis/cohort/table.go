package cohort

import (
	"context"
	"math"

	"strata/analysis/rfm"
	"strata/model"
)

// Table is the triangle of cohorts of one group of customers. It must not be
// changed: cohorts of nobody share their columns.
type Table struct {
	First  model.Day // first day of the first cohort's month; NoDay where there are no customers
	Months int       // calendar months from it to that of the day before the as-of; 0 without customers

	// PartialDays are the days of the last month before the as-of, of the OfDays
	// that it has: equal where the month is complete.
	PartialDays, OfDays int
	// FirstPartialFrom is the day of the first order that counts, in the first
	// month: data that begin after the first of a month see less of it.
	FirstPartialFrom model.Day

	Cohorts []Cohort // of every month from the first to the last, those of nobody included
}

// Cohort are the customers whose first order that counts fell in one month. Month k
// is the k-th calendar month after it, and there is an entry for every one that was
// reached: those of the last month have one, for k = 0.
type Cohort struct {
	Month   model.Day // its first day
	Size    int64     // customers
	Active  []int64   // customers with an order that counts in month k; Active[0] is Size
	Rolling []int64   // customers with one in month k or any later month

	// Revenue is what the orders of month k are worth, in ten-thousandths of
	// currency. Returns are taken off in the month they fall in, those before the
	// first order that counts in month 0: a customer's months add up to the
	// customer's revenue.
	Revenue []model.Money
}

// Count makes the table of each group of customers. group has the group of each row
// of the base, below groups; nil puts all into one, and groups is 1. All tables have
// the same months, those of the whole base.
//
// A customer's cohort is the month of the first order that counts under the spec:
// within its window, so that under a window whoever ordered before it seems new.
//
// orders and customers are those the base was measured on. Count panics when the
// groups are not those of the base. Errors: those of [rfm.Measure].
func Count(ctx context.Context, base *rfm.Base, orders *model.Orders, customers *model.Customers, group []uint8, groups int) ([]*Table, error) {
	checkGroups(base, group, groups)
	months := newCalendar(base, orders)
	var parts []*tally
	err := base.Visit(ctx, orders, customers, func() rfm.Visitor {
		part := newTally(months, group, groups)
		parts = append(parts, part)
		return part.add
	})
	if err != nil {
		return nil, err
	}
	all := parts[0]
	for _, part := range parts[1:] {
		all.merge(part)
	}
	return all.tables(base.AsOf, groups), nil
}

func checkGroups(base *rfm.Base, group []uint8, groups int) {
	if group == nil {
		if groups != 1 {
			panic("cohort: customers without groups are one group")
		}
		return
	}
	if len(group) != base.Len() {
		panic("cohort: groups of another base")
	}
	for _, g := range group {
		if int(g) >= groups {
			panic("cohort: a group beyond the last")
		}
	}
}

// Cell is the customers whose first order that counts fell in the months of two days or
// between them, and who have one in month K after it, or in that or any later month where
// Rolling. K = 0 is all of them.
type Cell struct {
	From, To model.Day
	K        int
	Rolling  bool
}

// Members returns the rows of the base that a cell of a table counts, ascending: the
// customers of group want who are in it. A nil group means all customers, whatever want
// is. Panics and errors are those of [Count].
func Members(ctx context.Context, base *rfm.Base, orders *model.Orders, customers *model.Customers, group []uint8, want uint8, cell Cell) ([]int32, error) {
	if group != nil {
		checkGroups(base, group, 1<<8)
	}
	months := newCalendar(base, orders)
	from, to := int(cell.From.MonthIndex()-months.index), int(cell.To.MonthIndex()-months.index)
	var parts []*[]int32
	err := base.Visit(ctx, orders, customers, func() rfm.Visitor {
		rows := new([]int32)
		parts = append(parts, rows)
		return func(row int, day []model.Day, _ []model.Money, counts []bool) {
			if (group == nil || group[row] == want) && months.has(from, to, cell.K, cell.Rolling, day, counts) {
				*rows = append(*rows, int32(row))
			}
		}
	})
	var members []int32
	for _, rows := range parts {
		members = append(members, *rows...)
	}
	return members, err
}

// Pool are cohorts taken together, by months after the first order. Month k is that of the
// cohorts alone that had the whole of it.
type Pool struct {
	Size    int64   // customers of all of them
	Base    []int64 // of those that had the whole of month k
	Active  []int64 // of these, as of a [Cohort]
	Rolling []int64
	Revenue []model.Money // of these
}

// Together takes cohorts of the table together, in as many months as it has.
func (t *Table) Together(of []Cohort) Pool {
	p := Pool{Base: make([]int64, t.Months), Active: make([]int64, t.Months), Rolling: make([]int64, t.Months), Revenue: make([]model.Money, t.Months)}
	for _, c := range of {
		p.Size += c.Size
		whole := len(c.Active)
		if t.PartialDays < t.OfDays {
			whole--
		}
		for k := range whole {
			p.Base[k] += c.Size
			p.Active[k] += c.Active[k]
			p.Rolling[k] += c.Rolling[k]
			p.Revenue[k] += c.Revenue[k]
		}
	}
	return p
}

// Retention returns the share of the customers of a pool that are active in each month
// from 0 on. It is NaN where nobody had the whole month.
func (p Pool) Retention(rolling bool) []float64 {
	shares, active := make([]float64, len(p.Base)), p.Active
	if rolling {
		active = p.Rolling
	}
	for k := range shares {
		shares[k] = math.NaN()
		if p.Base[k] > 0 {
			shares[k] = float64(active[k]) / float64(p.Base[k])
		}
	}
	return shares
}
