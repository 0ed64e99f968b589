package rfm

// Tally is the plain pass: it scores every customer of base and adds up the
// cells. baseline may be nil; otherwise it must be labels of base.
func Tally(base *Base, rule *Rule, baseline *Labels) *Figures { return nil }
