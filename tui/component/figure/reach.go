package figure

import (
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Reaches writes what each measure alone would have to change by: "2 days, or
// 1 order, or £114.20". Money is rounded up to the hundredth, so that it is
// enough. target, if not nil, tells where each leads.
func Reaches(all []rfm.Reach, spec model.Spec, symbol string, target func(model.Segment) string) string {
	if len(all) == 0 {
		return catalogue.T("not by one measure alone")
	}
	parts := make([]string, len(all))
	for i, r := range all {
		by := max(r.By, -r.By)
		if r.Axis == model.Monetary {
			const hundredth = model.Unit / 100
			by = (by + hundredth - 1) / hundredth * hundredth
		}
		parts[i] = words.Measure(by, r.Axis, spec, symbol)
		if target != nil {
			parts[i] += " → " + target(r.Segment)
		}
	}
	return strings.Join(parts, catalogue.T(", or "))
}
