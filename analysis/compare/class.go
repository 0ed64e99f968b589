package compare

// Class says whose doing a move is, as [Split] has it: the rule of before is applied
// to what after measured, first.
type Class uint8

// The classes. On one day all who move are of Rule.
const (
	NoClass   Class = iota // no move
	Behaviour              // by their own data alone
	Rule                   // by the rule alone
	Both                   // by their own data, and on by the rule
)

// String returns the class's stable slug, "" of no move.
func (c Class) String() string { return [...]string{"", "behaviour", "rule", "both"}[c] }

// class is that of who was in one group, would be in another under the rule of before,
// and is in a third; nowhere is a group, too.
func class(was, mid, is int) Class {
	switch {
	case was == is:
		return NoClass
	case mid == is:
		return Behaviour
	case mid == was:
		return Rule
	}
	return Both
}

// classes are those of a way between segments and between tiers; both its ends exist.
func (p *Pair) classes(w Way) (ofSegments, ofTiers Class) {
	var segments, tiers [sides]int
	for i, s := range []*side{&p.before, &p.between, &p.after} {
		segments[i], tiers[i] = nowhere, nowhere
		if label := w.label(i); label != noLabel {
			segments[i], tiers[i] = s.number[label], s.rule.Segments[label].Tier.Rank()
		}
	}
	return class(segments[sideBefore], segments[sideBetween], segments[sideAfter]), class(tiers[sideBefore], tiers[sideBetween], tiers[sideAfter])
}

// nowhere is the group of who is absent.
const nowhere = -1
