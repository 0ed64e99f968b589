package importer

import (
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
		var d duplicates
		found := int64(0)
		for c := from; c < to; c++ {
			rows := g.sorted[g.start[c]:g.start[c+1]]
			kept := d.mark(g.table, rows, drop)
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

// duplicates is the scratch memory of mark.
type duplicates struct {
	seen map[duplicateKey]bool
}

type duplicateKey struct {
	day    model.Day
	hash   uint32
	amount model.Money
}

// mark returns how many rows of one customer are different. If the others are
// to be dropped, the different ones are moved to the beginning.
func (d *duplicates) mark(t *table, rows []sortedRow, drop bool) int {
	if len(rows) > linearSearch {
		d.seen = make(map[duplicateKey]bool, len(rows))
	}
	kept := 0
	for i, row := range rows {
		equal := false
		if len(rows) > linearSearch {
			key := duplicateKey{row.day, t.rowHash[row.row], t.amount[row.row]}
			equal = d.seen[key]
			d.seen[key] = true
		} else {
			for _, earlier := range rows[:i] {
				equal = equal || earlier.day == row.day && earlier.row != row.row &&
					t.rowHash[earlier.row] == t.rowHash[row.row] && t.amount[earlier.row] == t.amount[row.row]
			}
		}
		if equal {
			continue
		}
		if drop {
			rows[kept] = row
		}
		kept++
	}
	return kept
}
