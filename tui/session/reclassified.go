package session

import (
	"strings"

	"strata/analysis/rfm"
	"strata/model/words"
)

// reclassified is what an edit did to the customers: those counted before and
// after it who are in another segment, with their revenue as counted after it;
// and how many are counted on one side only, because it counts other orders.
type reclassified struct {
	rfm.Flow
	gone, come int64
}

// reclassify sets two answers against each other; before is nil where nobody was
// counted.
func reclassify(before, now *state) reclassified {
	if before == nil {
		return reclassified{come: int64(now.base.Len())}
	}
	was := rfm.Assign(before.base, before.rule).On(now.base)
	r := reclassified{Flow: rfm.Reclassified(was, rfm.Assign(now.base, now.rule))}
	if before.base != now.base {
		r.gone, r.come = was.Sides()
	}
	return r
}

// sides tells behind the label of an edit who is counted on one side only:
// " (12 customers no longer counted, 3 newly)"; "" without any.
func (r reclassified) sides() string {
	var parts []string
	customers := func(n int64) string {
		if len(parts) > 0 {
			return words.Count(n)
		}
		return words.Customers(n)
	}
	if r.gone > 0 {
		parts = append(parts, customers(r.gone)+" no longer counted")
	}
	if r.come > 0 {
		parts = append(parts, customers(r.come)+" newly counted")
	}
	if parts == nil {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}
