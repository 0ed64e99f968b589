package importer

import (
	"slices"

	"strata/importer/parse"
	"strata/model"
	"strata/model/words"
)

// placeholderDays are what systems write where no day is known.
var placeholderDays = func() map[model.Day]bool {
	days := make(map[model.Day]bool)
	for _, d := range [][3]int{
		{1, 1, 1},
		{1111, 11, 11},
		{1582, 10, 15},
		{1753, 1, 1},
		{1899, 12, 30},
		{1899, 12, 31},
		{1900, 1, 1},
		{1900, 1, 2},
		{1900, 12, 31},
		{1901, 1, 1},
		{1970, 1, 1},
		{1969, 12, 31},
		{1980, 1, 1},
		{2099, 12, 31},
		{2999, 12, 31},
		{9999, 12, 31},
		{9999, 1, 1},
		{2079, 6, 6},
		{2038, 1, 19},
	} {
		day, _ := model.DayOf(d[0], d[1], d[2])
		days[day] = true
	}
	return days
}()

// dayCluster is a stretch of days without a wide gap.
type dayCluster struct {
	first, last model.Day
	rows        int64
	sale        int64 // rows on days that are no placeholders
}

const (
	firstPlausible = -354_285 // 1000-01-01

	wideGap   = 5 * 365 // days without any row between two clusters
	longAgo   = 40 * 365
	yearAhead = 366
	fewShare  = 50 // one in; so many rows may lie far from the others
)

// dayCounts returns how many rows lie on each day, from first on.
func (r *reading) dayCounts() (counts []int32, first model.Day) {
	days := make([]model.Day, r.table.rows())
	least, greatest := model.Day(0), model.Day(-1)
	var date parse.Date
	var day model.Day
	for i, d := range r.table.date {
		if d != date {
			date = d
			day, _ = d.Day(r.dates)
		}
		days[i] = day
		if greatest < least {
			least, greatest = day, day
		}
		least, greatest = min(least, day), max(greatest, day)
	}
	counts = make([]int32, greatest-least+1)
	for _, day := range days {
		counts[day-least]++
	}
	return counts, least
}

// clusters divides the days at wide gaps.
func clusters(counts []int32, first model.Day) []dayCluster {
	var all []dayCluster
	for i, n := range counts {
		if n == 0 {
			continue
		}
		day := first + model.Day(i)
		if len(all) == 0 || day-all[len(all)-1].last > wideGap {
			all = append(all, dayCluster{first: day})
		}
		c := &all[len(all)-1]
		c.last = day
		c.rows += int64(n)
		if !placeholderDays[day] {
			c.sale += int64(n)
		}
	}
	return all
}

// join adds the days that are stored to clusters, which ascend.
func (s Stored) join(all []dayCluster) []dayCluster {
	if s.Rows == 0 {
		return all
	}
	var joined []dayCluster
	stored := dayCluster{first: s.First, last: s.Last, sale: s.Rows}
	for _, c := range all {
		if c.first-stored.last > wideGap || stored.first-c.last > wideGap {
			joined = append(joined, c)
			continue
		}
		stored = dayCluster{min(c.first, stored.first), max(c.last, stored.last), c.rows + stored.rows, c.sale + stored.sale}
	}
	return append(joined, stored)
}

// settleFarDates looks for dates far from all others. A few behind the others,
// which would move the as-of day by years, and such as stand for no date, are
// refused; others are told. Error: errAgain.
func (r *reading) settleFarDates() error {
	plan := r.plan
	if plan.said.farDates || plan.settled.earliest != model.NoDay || plan.settled.latest != model.NoDay || r.table.rows() == 0 {
		return nil
	}
	counts, first := r.dayCounts()
	all := plan.stored.join(clusters(counts, first))
	main := slices.MaxFunc(all, func(a, b dayCluster) int { return int(min(1, max(-1, a.sale-b.sale))) })
	column := r.table.layout.columns[r.table.layout.date]
	for _, c := range all {
		few := c.sale*fewShare <= main.sale || c.sale <= 1 && main.sale >= 3
		future := plan.said.today > 0 && c.first > plan.said.today+yearAhead && c.sale*2 < main.sale
		switch {
		case c == main, c.rows == 0:
		case c.last < firstPlausible: // 0024 for 2024
			plan.settled.earliest = max(plan.settled.earliest, c.last+1)
		case c.first > main.last && (few && !(plan.said.today > 0 && c.last <= plan.said.today+1) || future || c.sale == 0):
			if plan.settled.latest == model.NoDay {
				plan.settled.latest = main.last
			}
		case c.last < main.first && (c.sale == 0 || few && main.first-c.last > longAgo):
			plan.settled.earliest = c.last + 1
		case few:
			plan.warn("far-dates", "{rows} of the dates in {column:q} are far from all others ({first} to {last}): check that they are right", "rows", words.Count(c.rows), "column", column, "first", c.first, "last", c.last)
		}
	}
	if main.sale == 0 {
		plan.warn("far-dates", "every date in {column:q} is a placeholder, like {first}, and is used unchanged: correct them", "column", column, "first", main.first)
	}
	if plan.settled.earliest == model.NoDay && plan.settled.latest == model.NoDay {
		r.oddYears(counts, first, first+model.Day(len(counts))-1, column)
		return nil
	}
	return errAgain
}

// oddYears tells of dates in the future, and of those that may be of another
// calendar; counts are the rows of each day from first to last.
func (r *reading) oddYears(counts []int32, first, last model.Day, column string) {
	year, _, _ := last.Date()
	const oldest = 1850
	if year < oldest {
		r.plan.warn("old-dates", "the dates in {column:q} are in the year {year} or earlier, and are used unchanged: if they follow another calendar (the Islamic year 1445 began in 2023, the Persian year 1403 in 2024), convert them", "column", column, "year", year)
	}
	today := r.plan.said.today
	if today <= 0 || last <= today+1 {
		return
	}
	ahead := int64(0)
	for i := max(0, int(today-first)+1); i < len(counts); i++ {
		ahead += int64(counts[i])
	}
	r.plan.warn("future-dates", "dates in {column:q} after today ({today}): {count}, the latest {last}; the as-of day comes after them: --as-of sets an earlier one", "column", column, "today", today, "count", words.Count(ahead), "last", last)
}

// tellFar says what was refused for its day.
func (r *reading) tellFar() {
	far, example := int64(0), ""
	for _, reject := range r.table.rejects {
		if reject.Code == farDate.code {
			if far++; example == "" || reject.Value > example {
				example = reject.Value
			}
		}
	}
	if far > 0 {
		r.plan.warn("far-dates", "rows refused because their date is a placeholder or far from all others, like {example:q}: {far}; --far-dates keep accepts them, and moves the as-of day with them", "example", example, "far", words.Count(far))
	}
	if b := r.table.buddhist.of(""); b.count > 0 {
		r.plan.warn("buddhist-years", "{dates} a year of the Buddhist calendar, like {example:q}; 543 years are subtracted", "dates", words.Plural(b.count, "date has", "dates have"), "example", b.example)
	}
}
