package model

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"strata/model/catalogue"
)

// Tier is high, mid or low value. TierNone holds segments outside all three.
type Tier string

// The tiers, by their stable slugs, best first.
const (
	TierHigh Tier = "high"
	TierMid  Tier = "mid"
	TierLow  Tier = "low"
	TierNone Tier = "none"
)

// Rank orders tiers: high 0, mid 1, low 2, none 3.
func (t Tier) Rank() int {
	return slices.Index([]Tier{TierHigh, TierMid, TierLow, TierNone}, t)
}

// Rises compares a tier with the one that customers go to: +1 to a better one,
// -1 to a worse one, 0 within the tier. [TierNone] is neither better nor worse:
// from there and to there it is 0, too.
func (t Tier) Rises(to Tier) int {
	if t == TierNone || to == TierNone {
		return 0
	}
	return cmp.Compare(t.Rank(), to.Rank())
}

// Segment is a named group of cells; it lies in exactly one tier.
type Segment struct {
	Slug  string // stable: "cant-lose"
	Label string // shown: "Can't lose"
	Tier  Tier
	Color int // 1..SegmentColors, chosen by the person; 0: that of its tier
}

// SegmentKey tells whether the segments of two schemes are the same to the people
// in them: they have one name and lie in one tier. A segment that is put in
// another tier takes its people up or down.
type SegmentKey struct {
	Slug string
	Tier Tier
}

// Key returns what the segment is told apart by.
func (s Segment) Key() SegmentKey { return SegmentKey{s.Slug, s.Tier} }

// SegmentColors is how many colours a segment can be given.
const SegmentColors = 8

// Method says how the cuts of a measure come about.
type Method string

// The methods. Where a value equals a cut, quantile, nested, mean and fixed score it
// worse on frequency and monetary and better on recency; rfm-r does the
// contrary, because its bins hold their lower bound.
const (
	MethodQuantile Method = "quantile" // type 7 quantiles; equal values score alike
	MethodRFMR     Method = "rfm-r"    // those of the R package rfm: type 7 quantiles + 1 raw unit
	MethodNTile    Method = "ntile"    // groups of equal size; equal values are split by customer key
	MethodNested   Method = "nested"   // quantiles of frequency within each score of recency, of monetary within both
	MethodMean     Method = "mean"     // two scores, divided by the mean
	MethodFixed    Method = "fixed"    // cuts given in raw units
)

// Methods lists the methods.
var Methods = []Method{MethodQuantile, MethodRFMR, MethodNTile, MethodNested, MethodMean, MethodFixed}

// CheckLevels returns why a method cannot give so many scores, nil when it
// can. Error: Usage.
func (m Method) CheckLevels(levels int) error {
	switch {
	case levels < MinLevels || levels > MaxLevels:
		return Errorf(Usage, "{levels} scores", "levels", levels).WithHint("use {min_levels} to {max_levels}", "min_levels", MinLevels, "max_levels", MaxLevels)
	case m == MethodMean && levels != 2:
		return Errorf(Usage, "the mean divides into 2 scores, not {levels}", "levels", levels).WithHint("use 2 levels, or another method")
	}
	return nil
}

// Freezes reports whether cuts can tell every score that the method gives on a
// measure: not where equal values are split, as ntile does, nor where they are
// scored within the scores of other measures, as nested has frequency and
// monetary.
func (m Method) Freezes(a Axis) bool {
	return m != MethodNTile && (m != MethodNested || a == Recency)
}

// AxisCuts are the cuts of one measure. An axis without At is estimated by its
// method from the data it meets; once At is set it is frozen, and re-estimated
// only when At is cleared. Fixed cuts are always given, those of ntile and
// nested never.
type AxisCuts struct {
	Method Method
	At     []Cut // ascending, levels-1 of them, or nil
}

// ValueRule turns three scores into a value score and that into tiers. The
// value score is counted on the scale of five levels whatever the levels are:
// Σ weight × (1 + 4(score-1)/(levels-1)); with five levels and weights of one
// it is R+F+M, 3..15.
type ValueRule struct {
	Weights [Axes]int
	Cuts    [2]int // MID begins at Cuts[0], HIGH at Cuts[1]
	// Shares, if not zero, are the percent of customers that HIGH and MID are to
	// hold, counted from the best; Cuts follow from the data then. Customers with
	// equal value scores stay together, so the shares are met as nearly as that
	// allows.
	Shares [2]int
	// Unvalued tells that no order has an amount, so that monetary says nothing:
	// the value score is then made of the other measures, on the same scale. It
	// follows from the data and is no part of what a scheme says.
	Unvalued bool
}

// Asks reports whether a measure counts in the value score: whether it has a
// weight, and says something or is the only one that has.
func (v ValueRule) Asks(a Axis) bool {
	if a == Monetary && v.Unvalued && v.Weights[Recency]+v.Weights[Frequency] > 0 {
		return false
	}
	return v.Weights[a] > 0
}

// UnvaluedWords says in a sentence, without its full stop, what becomes of the
// value score where no order is worth anything; "" where nothing does.
func (v ValueRule) UnvaluedWords() string {
	switch {
	case !v.Unvalued || v.Weights[Monetary] == 0:
		return ""
	case v.Asks(Monetary):
		return catalogue.T("no order has an amount, and only monetary has a weight: everybody has the same value score")
	case !v.Asks(Frequency):
		return catalogue.T("no order has an amount, so the value score is made of recency alone, on the same scale")
	case !v.Asks(Recency):
		return catalogue.T("no order has an amount, so the value score is made of frequency alone, on the same scale")
	}
	return catalogue.T("no order has an amount, so the value score is made of recency and frequency, on the same scale")
}

// ByShare reports whether the cuts follow from the data.
func (v ValueRule) ByShare() bool { return v.Shares != [2]int{} }

// MaxWeight keeps the value score far from the limits of an int.
const MaxWeight = 1000

// Min and Max return the range of the value score.
func (v ValueRule) Min() int { return v.Weights[0] + v.Weights[1] + v.Weights[2] }

// Max returns the highest value score.
func (v ValueRule) Max() int { return 5 * v.Min() }

// Scheme is everything that turns data into tiers.
type Scheme struct {
	Name   string
	Spec   Spec
	Levels [Axes]int // scores per measure, 2..9
	Cuts   [Axes]AxisCuts
	Value  ValueRule
	Map    string // name of the map of cells to segments, one of MapNames; "" with Regions
	// Regions are a map of the scheme's own, in the order in which they are tried.
	Regions []Region
	Fair    Fairness
	Data    string // fingerprint of the data it was made on, or ""
}

// MapNames lists the maps that have a name. In ten and value the tiers follow
// from the value rule; the others are published lists of cells.
var MapNames = []string{"ten", "value", "grid", "eleven", "eight", "rfm-r", "klaviyo", "putler", "pymc"}

// MinLevels and MaxLevels bound the scores per measure.
const (
	MinLevels = 2
	MaxLevels = 9
)

// Ten is the default scheme: quantile cuts into five scores a measure, the
// value score R+F+M with MID from 8 and HIGH from 12, the map "ten".
func Ten() Scheme {
	s := Scheme{
		Name:   "ten",
		Spec:   DefaultSpec(),
		Levels: [Axes]int{5, 5, 5},
		Value:  ValueRule{Weights: [Axes]int{1, 1, 1}, Cuts: [2]int{8, 12}},
		Map:    "ten",
	}
	for a := range s.Cuts {
		s.Cuts[a].Method = MethodQuantile
	}
	return s
}

// Equal reports whether both schemes say the same. What follows from the data,
// as value cuts by shares do, is not part of that.
func (s Scheme) Equal(t Scheme) bool {
	if s.Value.ByShare() {
		s.Value.Cuts, t.Value.Cuts = [2]int{}, [2]int{}
	}
	s.Value.Unvalued, t.Value.Unvalued = false, false
	sameCuts := func(a, b AxisCuts) bool {
		return a.Method == b.Method && (a.At == nil) == (b.At == nil) && slices.Equal(a.At, b.At)
	}
	sameRegion := func(a, b Region) bool { return a.Segment == b.Segment && slices.Equal(a.Cells, b.Cells) }
	return s.Name == t.Name && s.Spec.Equal(t.Spec) && s.Levels == t.Levels && s.Value == t.Value &&
		slices.EqualFunc(s.Cuts[:], t.Cuts[:], sameCuts) && s.Map == t.Map &&
		slices.EqualFunc(s.Regions, t.Regions, sameRegion) && s.Fair.Equal(t.Fair) && s.Data == t.Data
}

// Clone returns a copy that shares nothing with s.
func (s Scheme) Clone() Scheme {
	s.Spec.Where = slices.Clone(s.Spec.Where)
	for a := range s.Cuts {
		s.Cuts[a].At = slices.Clone(s.Cuts[a].At)
	}
	s.Regions = slices.Clone(s.Regions)
	for i := range s.Regions {
		s.Regions[i].Cells = slices.Clone(s.Regions[i].Cells)
	}
	s.Fair.Overrides = slices.Clone(s.Fair.Overrides)
	return s
}

// LongestName is how many characters the name of a scheme, a scenario or a segment may
// have, and LongestReason that for which a customer is locked.
const (
	LongestName   = 60
	LongestReason = 200
)

// CheckLength returns why a name is too long, nil if it is not; most is [LongestName]
// or [LongestReason]. Error: Usage.
func CheckLength(name string, most int) error {
	n := utf8.RuneCountInString(name)
	if n <= most {
		return nil
	}
	return Errorf(Usage, "the name {name:q}… has {count} characters", "name", string([]rune(name)[:LongestName/2]), "count", n).WithHint("use at most {most}", "most", most)
}
