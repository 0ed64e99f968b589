package importer

import (
	"slices"
	"sync/atomic"

	"strata/model"
)

// findDuplicates counts the rows that are equal to an earlier one, and takes
// them out if they are not wanted. Equal rows have the same customer, day and
// amount, so only those need be compared, by their hashes; the hash of a row is
// looked at only when all this is equal, which is seldom.
func (g *grouping) findDuplicates() {
	drop := g.layout.dropDuplicates
	var count atomic.Int64
	keep := make([]int32, 0)
	if drop {
		keep = make([]int32, g.customers) // rows left, by customer
	}
	inParallel(g.customers, func(from, to int) {
		d := duplicates{table: g.table}
		found := int64(0)
		for c := from; c < to; c++ {
			rows := g.sorted[g.start[c]:g.start[c+1]]
			kept := d.mark(rows, drop)
			found += int64(len(rows) - kept)
			if drop {
				keep[c] = int32(kept)
			}
		}
		count.Add(found)
	})
	g.duplicates = count.Load()
	if drop && g.duplicates > 0 {
		g.close(keep)
	}
	g.rowHash = nil
}

// close moves the rows that are left together, given how many each customer
// has at the beginning of its own.
func (g *grouping) close(left []int32) {
	next := int32(0)
	for c, n := range left {
		from := g.start[c]
		g.start[c] = next
		next += int32(copy(g.sorted[next:], g.sorted[from:from+n]))
	}
	g.start[len(left)] = next
	g.sorted = g.sorted[:next]
}

// duplicates finds the equal rows of one customer after another.
type duplicates struct {
	table *table
	seen  map[duplicateKey]bool
}

type duplicateKey struct {
	day    model.Day
	hash   uint32
	amount model.Money
}

func (d *duplicates) key(row sortedRow) duplicateKey {
	return duplicateKey{row.day, d.table.rowHash[row.row], d.table.amount[row.row]}
}

// mark returns how many rows of one customer, given in file order, are
// different. If the others are to be dropped, the different ones are moved to
// the beginning.
func (d *duplicates) mark(rows []sortedRow, drop bool) int {
	equal := d.among
	if len(rows) > linearSearch && !slices.IsSortedFunc(rows, func(a, b sortedRow) int { return int(a.day - b.day) }) {
		d.seen = make(map[duplicateKey]bool, len(rows))
		equal = d.known
	}
	kept := 0
	for i, row := range rows {
		if equal(rows, i) {
			continue
		}
		if drop {
			rows[kept] = row
		}
		kept++
	}
	return kept
}

// among looks for an equal row among the earlier ones, and of many no further
// than to another day.
func (d *duplicates) among(rows []sortedRow, i int) bool {
	for j := i - 1; j >= 0; j-- {
		switch {
		case rows[j].day == rows[i].day && d.key(rows[j]) == d.key(rows[i]):
			return true
		case rows[j].day != rows[i].day && len(rows) > linearSearch:
			return false
		}
	}
	return false
}

// known looks for an equal row in a map.
func (d *duplicates) known(rows []sortedRow, i int) bool {
	key := d.key(rows[i])
	before := d.seen[key]
	d.seen[key] = true
	return before
}
