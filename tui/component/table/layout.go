package table

import (
	"slices"

	"strata/tui/component/cells"
)

// layout is which columns are drawn, and how wide they and the room before them are.
type layout struct {
	columns []int
	widths  []int // of those columns
	gaps    []int // before them
	titles  []string
	short   int  // 1: titles and figures are short
	more    bool // some are left out
}

// take is what a column takes, with what parts it from the one before.
func (l layout) take(i int) int { return l.gaps[i] + l.widths[i] }

const (
	gap       = 2
	narrowGap = 1  // before figures, where there is little room
	stays     = 36 // what a text of a column that stays is cut to before others are left out
	goes      = 24 // and of one that goes
	leastText = 12 // what it is cut to before columns scroll
)

// room is a layout that is being made.
type room struct {
	t      *Table
	kept   []int // columns
	widths []int // of all columns
	narrow bool
	short  int // 1: short titles
}

// widths are how wide the columns are where there is room.
func (t *Table) widths() []int {
	all := make([]int, len(t.titles[0]))
	for c := range all {
		all[c] = t.natural(c, 0)
	}
	return all
}

// natural is how wide a column is where there is room, under its full title or the short
// one.
func (t *Table) natural(column, short int) int {
	title := cells.Width(t.titles[short][column])
	if column == t.wanted.by {
		title++ // for the mark of the order
	}
	return max(t.texts[short][column], title)
}

// gap is the room before a column. What is shaded keeps two cells, and so does a text
// from a figure.
func (r *room) gap(i int) int {
	switch {
	case i == 0:
		return 0
	case r.narrow && r.t.figures[r.kept[i]]:
		return narrowGap
	}
	return gap
}

func (r *room) take() int {
	sum := 0
	for i, c := range r.kept {
		sum += r.gap(i) + r.widths[c]
	}
	return sum
}

// Widest returns the width in which every column is drawn under its full title.
func (t *Table) Widest() int {
	r := room{t: t, kept: t.lookedAt(), widths: t.widths()}
	return r.take()
}

// lay shares the room out. Where it is little, long texts are cut, titles are short,
// figures stand closer, the columns that weigh least are left out, texts are cut shorter,
// and at last what is on the right scrolls. The marked column is always there.
func (t *Table) lay() layout {
	r := &room{t: t, kept: t.lookedAt(), widths: t.widths()}
	for _, give := range []func(){r.cut, r.shorten, r.narrower, r.behead, r.leaveOut, r.squeeze, r.scroll} {
		if r.take() <= t.width {
			break
		}
		give()
	}
	r.spread()
	l := layout{columns: r.kept, titles: t.titles[r.short], short: r.short, more: len(r.kept) < len(t.lookedAt())}
	for i, c := range r.kept {
		l.widths, l.gaps = append(l.widths, r.widths[c]), append(l.gaps, r.gap(i))
	}
	return l
}

// shorten gives the columns their short titles and figures.
func (r *room) shorten() {
	r.short = 1
	for c := range r.widths {
		r.widths[c] = min(r.widths[c], r.t.natural(c, r.short))
	}
}

// narrower draws figures closer together, but for shaded ones.
func (r *room) narrower() { r.narrow = !r.t.heat }

// behead cuts the title of the last column where its texts are shorter.
func (r *room) behead() {
	if c := r.kept[len(r.kept)-1]; !r.t.figures[c] {
		r.widths[c] = min(r.widths[c], max(r.t.texts[r.short][c], 1))
	}
}

// Fits reports whether every column is drawn, and nothing cut but titles.
func (t *Table) Fits() bool {
	l := t.lay()
	for i, c := range l.columns {
		if l.widths[i] < t.texts[l.short][c] {
			return false
		}
	}
	return !l.more
}

// cut cuts texts that are long.
func (r *room) cut() {
	for c, head := range r.t.view.Heads {
		switch {
		case r.t.figures[c]:
		case head.Light > 0:
			r.widths[c] = min(r.widths[c], goes)
		default:
			r.widths[c] = min(r.widths[c], stays)
		}
	}
}

// leaveOut leaves columns out, the lightest first, until the rest has room.
func (r *room) leaveOut() {
	for r.take() > r.t.width {
		lightest, weight := 0, int8(0)
		for i, c := range r.kept {
			head := r.t.view.Heads[c] // what is shaded is read along a row, and scrolls
			if light := head.Light; light >= weight && light > 0 && c != r.t.column && !head.Heat {
				lightest, weight = i, light
			}
		}
		if weight == 0 {
			return
		}
		r.kept = slices.Delete(r.kept, lightest, lightest+1)
	}
}

// squeeze cuts the widest texts.
func (r *room) squeeze() {
	for over := r.take() - r.t.width; over > 0; over-- {
		widest := -1
		for _, c := range r.kept {
			if !r.t.figures[c] && r.widths[c] > leastText && (widest < 0 || r.widths[c] > r.widths[widest]) {
				widest = c
			}
		}
		if widest < 0 {
			return
		}
		r.widths[widest]--
	}
}

// fixed is how many columns stay while others scroll: the texts on the left, and where
// figures are shaded all that stands before those, as far as they leave half of the room.
func (r *room) fixed() int {
	n, taken := 0, 0
	for i, c := range r.kept {
		if taken += r.gap(i) + r.widths[c]; r.t.figures[c] && !r.t.heat || r.t.view.Heads[c].Heat || taken > r.t.width/2 {
			break
		}
		n++
	}
	return min(max(n, 1), len(r.kept))
}

// scroll leaves out what is to the left of the marked column, as much as must be, and
// to the right of what there is room for.
func (r *room) scroll() {
	fixed := r.fixed()
	marked := max(slices.Index(r.kept, r.t.column), 0)
	all := r.kept
	for first := fixed; ; first++ {
		r.kept = append(slices.Clone(all[:fixed]), all[first:max(marked+1, first)]...)
		if marked < fixed {
			r.kept = slices.Clone(all[:fixed])
		}
		if r.take() <= r.t.width || first >= marked {
			break
		}
	}
	for next := max(marked+1, fixed); next < len(all); next++ {
		if r.kept = append(r.kept, all[next]); r.take() > r.t.width {
			r.kept = r.kept[:len(r.kept)-1]
			break
		}
	}
}

// spread gives the room that is left to the texts that are cut, in equal parts.
func (r *room) spread() {
	for spare, grew := r.t.width-r.take(), true; spare > 0 && grew; {
		grew = false
		for _, c := range r.kept {
			if spare > 0 && !r.t.figures[c] && r.widths[c] < r.t.natural(c, r.short) {
				r.widths[c]++
				spare, grew = spare-1, true
			}
		}
	}
}
