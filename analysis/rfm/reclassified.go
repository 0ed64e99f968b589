package rfm

// Reclassified is what the function of that name says of two rules that give
// everybody the same scores and hold nobody, without looking at a customer; ok is
// false for others. f must have the cuts of both.
func (f *Figures) Reclassified(before, now *Rule) (moved Flow, ok bool) {
	if before.holding != nil || now.holding != nil || !before.ScoresLike(now) {
		return Flow{}, false
	}
	for cell, a := range f.Cells {
		if before.Segments[before.cells[cell]].Slug != now.Segments[now.cells[cell]].Slug {
			moved.add(a.Flow)
		}
	}
	return moved, true
}
