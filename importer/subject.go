package importer

import (
	"strings"
	"sync/atomic"

	"strata/importer/mapping"
	"strata/model"
)

// settleSubjects finds the kept columns of orders that differ within orders,
// over the whole file: they are columns of lines, if the rows are lines. Where
// lines are not kept, they are left out, for no value would be that of the
// order.
func (g *grouping) settleSubjects() {
	if len(g.first)-1 == len(g.row) || g.plan.Corrects != "" {
		return // of corrections, the rest of their file has decided
	}
	if g.plan.Kind != model.KindLines && !g.layout.keepLines {
		g.err = g.linesAfterAll()
		return
	}
	var left []string
	for i := range g.layout.attributes {
		a := &g.layout.attributes[i]
		if a.subject != model.OfOrder || !g.differs(g.attributes[i].code) {
			continue
		}
		column := &g.plan.Columns[a.column]
		if column.Field == mapping.Channel {
			g.plan.warn("order-ids-stores", "{column:q} differs within orders: if order numbers repeat from one to the next, several orders have been joined into one", "column", column.Name)
		}
		if a.subject = model.OfLine; !g.layout.keepLines {
			left = append(left, `"`+column.Name+`"`)
			a.subject, column.Attribute = "", ""
			g.attributes[i] = tableAttribute{}
		}
		column.Subject = a.subject
	}
	if left != nil {
		g.plan.warn("differs-within-orders", "not stored, because their values differ within an order and order lines are not stored: {columns}", "columns", strings.Join(left, ", "))
	}
}

// linesAfterAll takes the rows of a file of orders for lines, if its columns
// differ within orders and nobody has said that they are orders. Error: errAgain.
func (g *grouping) linesAfterAll() error {
	p := g.plan
	if p.said.kind || p.settled.amountOnce {
		return nil
	}
	for i, a := range g.layout.attributes {
		if a.subject == model.OfOrder && g.differs(g.attributes[i].code) {
			p.Kind, p.KeepLines = model.KindLines, p.said.lines != "no"
			p.attributes()
			return errAgain
		}
	}
	return nil
}

// differs reports whether two rows of any order have different values. No value
// differs from none.
func (g *grouping) differs(code column[uint32]) bool {
	var found atomic.Bool
	inParallel(len(g.first)-1, func(from, to int) {
		const stride = 1024 // orders between two looks at what others have found
		for o := from; o < to; o++ {
			if o%stride == 0 && found.Load() {
				return
			}
			value := uint32(0)
			for _, row := range g.row[g.first[o]:g.first[o+1]] {
				switch c := code[row]; {
				case c == 0 || c == value:
				case value == 0:
					value = c
				default:
					found.Store(true)
					return
				}
			}
		}
	})
	return found.Load()
}

// firstFilled returns for each order the first value that its rows have, 0 where
// they have none.
func (g *grouping) firstFilled(code column[uint32]) []uint32 {
	values := make([]uint32, len(g.first)-1)
	inParallel(len(values), func(from, to int) {
		for o := from; o < to; o++ {
			for _, row := range g.row[g.first[o]:g.first[o+1]] {
				if values[o] = code[row]; values[o] != 0 {
					break
				}
			}
		}
	})
	return values
}
