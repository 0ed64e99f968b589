package cohort

import (
	"slices"

	"strata/model"
)

// tally is what the customers of one part come to.
type tally struct {
	*calendar
	group   []uint8
	cohorts []*counts // by group and month; nil for nobody
	first   model.Day // of the first order that counts
}

// counts are one cohort, its columns as long as its customers ordered.
type counts struct {
	size         int64
	active, last []int64 // last: customers whose last month it was
	revenue      []model.Money
}

func newTally(months *calendar, group []uint8, groups int) *tally {
	return &tally{calendar: months, group: group, cohorts: make([]*counts, groups*months.months()), first: model.NoDay}
}

// add counts one customer. It is a [rfm.Visitor].
func (t *tally) add(row int, day []model.Day, worth []model.Money, isOrder []bool) {
	start := day[slices.Index(isOrder, true)]
	if t.first == model.NoDay || start < t.first {
		t.first = start
	}
	cohort := t.of(start)
	place := cohort
	if t.group != nil {
		place += int(t.group[row]) * t.months()
	}
	c := t.cohorts[place]
	if c == nil {
		c = &counts{}
		t.cohorts[place] = c
	}
	c.reach(t.of(day[len(day)-1]) - cohort + 1)
	c.size++
	seen := -1
	for i, d := range day {
		k := max(0, t.of(d)-cohort)
		c.revenue[k] += worth[i]
		if isOrder[i] && k > seen {
			c.active[k]++
			seen = k
		}
	}
	c.last[seen]++
}

// reach makes the columns at least so many months long.
func (c *counts) reach(months int) {
	if more := months - len(c.active); more > 0 {
		c.active = append(c.active, make([]int64, more)...)
		c.last = append(c.last, make([]int64, more)...)
		c.revenue = append(c.revenue, make([]model.Money, more)...)
	}
}

// merge adds the customers of another part.
func (t *tally) merge(other *tally) {
	if t.first == model.NoDay || other.first != model.NoDay && other.first < t.first {
		t.first = other.first
	}
	for i, from := range other.cohorts {
		to := t.cohorts[i]
		switch {
		case from == nil:
			continue
		case to == nil:
			t.cohorts[i] = from
			continue
		}
		to.size += from.size
		to.reach(len(from.active))
		for k := range from.active {
			to.active[k] += from.active[k]
			to.last[k] += from.last[k]
			to.revenue[k] += from.revenue[k]
		}
	}
}

// tables makes the table of each group.
func (t *tally) tables(asOf model.Day, groups int) []*Table {
	last := firstOf(asOf - 1)
	shape := Table{
		First: model.NoDay, FirstPartialFrom: t.first,
		PartialDays: int(asOf - last), OfDays: int(last.AddMonths(1) - last),
	}
	all, skipped := t.months(), 0
	if t.first != model.NoDay {
		skipped = t.of(t.first)
		shape.First, shape.Months = firstOf(t.first), all-skipped
	}
	nobody := &counts{}
	nobody.reach(shape.Months)
	tables := make([]*Table, groups)
	for g := range tables {
		table := shape
		for i := range shape.Months {
			c := t.cohorts[g*all+skipped+i]
			if c == nil {
				c = nobody
			}
			table.Cohorts = append(table.Cohorts, c.cohort(shape.First.AddMonths(i), shape.Months-i))
		}
		tables[g] = &table
	}
	return tables
}

// cohort returns the cohort of a month, with columns of so many months.
func (c *counts) cohort(month model.Day, months int) Cohort {
	c.reach(months)
	made := Cohort{Month: month, Size: c.size, Active: c.active[:months:months], Revenue: c.revenue[:months:months]}
	if c.size == 0 {
		made.Rolling = c.last[:months:months]
		return made
	}
	made.Rolling = make([]int64, months)
	later := int64(0)
	for k := months - 1; k >= 0; k-- {
		later += c.last[k]
		made.Rolling[k] = later
	}
	return made
}
