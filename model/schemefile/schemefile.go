// Package schemefile writes a scheme as a small YAML text and reads it back:
//
//	scheme: my tiers
//	as_of: 2011-12-10        # or after-last-order
//	window: all              # 12m, 365d
//	where: [region=East]
//	returns: net             # net, ignore, orders
//	zero: keep               # keep, drop
//	frequency: orders        # orders, days, months, per-month
//	least_months: 3          # with per-month: divided by so many months at least
//	monetary: sum            # sum, mean, margin
//	levels: 5                # or {recency: 5, frequency: 5, monetary: 3}
//	cuts:
//	  recency: {method: quantile, estimate: data}
//	  frequency: {method: fixed, at: [1, 2, 3, 6]}
//	  monetary: {method: quantile, estimate: frozen, at: ["250.194", "490.096", "942.276", "2058.426"]}
//	value: {weights: [1, 1, 1], cuts: [8, 12]}
//	map: ten
//	data: 7f3a...            # fingerprint of the data it was made on
//
// The methods are quantile, rfm-r, ntile, nested, mean and fixed. In place of cuts,
// value can have the shares of customers that HIGH and MID hold: shares: [15,
// 35]. A map can be spelled out, the first segment that holds a cell has it:
//
//	map:
//	  - {segment: best, label: The best, tier: high, color: 3, cells: "555 554 [4-5]5*"}
//	  - {segment: rest, tier: low, cells: "***"}
//
// The colours are 1 to 8; without one a segment has that of its tier. A segment
// that is to have no cells yet says so: cells: "".
//
// Rules that stand above the scores, months and value scores in whole numbers:
//
//	fair:
//	  off: true              # none of it counts
//	  grace: 2               # months below a tier before a customer falls
//	  stay: 6                # months in a tier at least
//	  band: 1                # so far below the cut of the value score
//	  history: 12            # months that these three look back
//	  overrides:
//	    - {customer: "00123", tier: high, until: 2012-06-30, reason: key account, author: LM}
//
// [DecodeMap] and [DecodeMapCSV] read such a map alone.
//
// What is left out is as in the scheme ten, and levels follow from cuts that
// are given. A frozen cut is written with six
// decimals at most; reading it back yields the same tiers, because only the
// whole part of a cut (in days, orders or ten-thousandths of currency) decides
// a score and six decimals never round it away.
package schemefile

import (
	"strings"

	"github.com/goccy/go-yaml"

	"strata/model"
)

const (
	estimateData   = "data"
	estimateFrozen = "frozen"
)

// AfterLastOrder is the as-of day that follows the data, as it is written.
const AfterLastOrder = "after-last-order"

// ParseAsOf reads the day to look back from: YYYY-MM-DD, or [AfterLastOrder],
// which is NoDay. Error: Invalid.
func ParseAsOf(text string) (model.Day, error) {
	if text == AfterLastOrder {
		return model.NoDay, nil
	}
	day, err := model.ParseDay(text)
	if err != nil {
		return day, model.Errorf(model.Invalid, "{text:q} is not a day", "text", text).WithHint("write it like 2011-12-10, or {after_last_order}", "after_last_order", AfterLastOrder)
	}
	return day, nil
}

// file is the YAML shape of a scheme as it is written.
type file struct {
	Scheme    string    `yaml:"scheme"`
	AsOf      string    `yaml:"as_of,omitempty"`
	Window    string    `yaml:"window,omitempty"`
	Where     []string  `yaml:"where,omitempty"`
	Returns   string    `yaml:"returns,omitempty"`
	Zero      string    `yaml:"zero,omitempty"`
	Frequency string    `yaml:"frequency,omitempty"`
	Least     int       `yaml:"least_months,omitempty"`
	Monetary  string    `yaml:"monetary,omitempty"`
	Levels    levels    `yaml:"levels,omitempty"`
	Cuts      cuts      `yaml:"cuts,omitempty"`
	Value     *value    `yaml:"value,omitempty"`
	Map       any       `yaml:"map,omitempty"`
	Fair      *fairness `yaml:"fair,omitempty"`
	Data      string    `yaml:"data,omitempty"`
}

type cuts struct {
	Recency   *axis `yaml:"recency,omitempty,flow"`
	Frequency *axis `yaml:"frequency,omitempty,flow"`
	Monetary  *axis `yaml:"monetary,omitempty,flow"`
}

type axis struct {
	Method   string   `yaml:"method"`
	Estimate string   `yaml:"estimate,omitempty"`
	At       []scalar `yaml:"at,omitempty,flow"`
}

type value struct {
	Weights []int `yaml:"weights,omitempty,flow"`
	Cuts    []int `yaml:"cuts,omitempty,flow"`
	Shares  []int `yaml:"shares,omitempty,flow"`
}

type region struct {
	Segment string `yaml:"segment"`
	Label   string `yaml:"label"`
	Tier    string `yaml:"tier"`
	Color   int    `yaml:"color,omitempty"`
	Cells   string `yaml:"cells"`
}

// scalar keeps a number as it is written, so that no float comes between.
type scalar string

// levels are one number for all measures or a number for each.
type levels [model.Axes]int

func (l levels) MarshalYAML() (any, error) {
	if l[0] == l[1] && l[1] == l[2] {
		return l[0], nil
	}
	return yaml.MapSlice{{Key: "recency", Value: l[0]}, {Key: "frequency", Value: l[1]}, {Key: "monetary", Value: l[2]}}, nil
}

// Encode writes a scheme in full. Equal schemes give equal texts.
func Encode(s model.Scheme) string {
	f := file{
		Scheme:    s.Name,
		AsOf:      AfterLastOrder,
		Window:    s.Spec.Window.String(),
		Returns:   string(s.Spec.Returns),
		Zero:      string(s.Spec.Zero),
		Frequency: string(s.Spec.Frequency),
		Monetary:  string(s.Spec.Monetary),
		Levels:    s.Levels,
		Value:     &value{Weights: s.Value.Weights[:]},
		Map:       s.Map,
		Fair:      encodeFair(s.Fair),
		Data:      s.Data,
	}
	if s.Value.ByShare() {
		f.Value.Shares = s.Value.Shares[:]
	} else {
		f.Value.Cuts = s.Value.Cuts[:]
	}
	if s.Spec.Frequency == model.FrequencyPerMonth {
		f.Least = s.Spec.MonthsAtLeast()
	}
	if s.Map == "" {
		f.Map = encodeRegions(s.Regions)
	}
	if s.Spec.AsOf != model.NoDay {
		f.AsOf = s.Spec.AsOf.String()
	}
	for _, c := range s.Spec.Where {
		f.Where = append(f.Where, c.String())
	}
	for a, to := range []**axis{&f.Cuts.Recency, &f.Cuts.Frequency, &f.Cuts.Monetary} {
		*to = encodeAxis(s.Cuts[a], s.Spec.Scale(model.Axis(a)))
	}
	text, err := yaml.MarshalWithOptions(f, yaml.IndentSequence(true))
	if err != nil {
		panic(err) // plain strings and numbers always encode
	}
	return string(text)
}

func encodeRegions(regions []model.Region) []region {
	all := make([]region, len(regions))
	for i, r := range regions {
		cells := make([]string, len(r.Cells))
		for j, p := range r.Cells {
			cells[j] = p.String()
		}
		all[i] = region{r.Slug, r.Label, string(r.Tier), r.Color, strings.Join(cells, " ")}
	}
	return all
}

func encodeAxis(c model.AxisCuts, scale int64) *axis {
	x := &axis{Method: string(c.Method)}
	for _, cut := range c.At {
		x.At = append(x.At, scalar(cutText(cut, scale)))
	}
	if c.Method != model.MethodFixed {
		x.Estimate = estimateData
		if c.At != nil {
			x.Estimate = estimateFrozen
		}
	}
	return x
}

// cutText writes a cut with six decimals at most and its whole part as it is:
// where rounding would carry into that, the fraction is cut short instead.
func cutText(c model.Cut, scale int64) string {
	const steps = 1_000_000
	text := c.Text(scale)
	if again, err := model.ParseCut(text, scale); err == nil && again.Whole != c.Whole {
		den := steps / scale
		return model.Cut{Whole: c.Whole, Num: int32(int64(c.Num) * den / int64(c.Den)), Den: int32(den)}.Text(scale)
	}
	return text
}

// AsWritten returns a scheme as it is read again once it has been written: with
// cuts of six decimals. Nobody scores differently for it.
func AsWritten(scheme model.Scheme) model.Scheme {
	scheme = scheme.Clone()
	for a, cuts := range scheme.Cuts {
		scale := scheme.Spec.Scale(model.Axis(a))
		for i, c := range cuts.At {
			if read, err := model.ParseCut(cutText(c, scale), scale); err == nil {
				cuts.At[i] = read
			}
		}
	}
	return scheme
}
