package session

import (
	"slices"

	"strata/analysis/goal"
	"strata/analysis/rfm"
	"strata/analysis/workload"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// goalWords tell what became of a goal.
type goalWords struct {
	goal     goal.Goal
	solution *goal.Solution
	free     Free
	standing *Standing
}

func (w goalWords) currency() string { return w.standing.session.info.Currency }

// met reports whether a tier meets a term. Shares of revenue are met if they are
// right to the decimal shown, amounts if they are within the same part of
// themselves; an empty tier meets no term that wants something in it.
func (w goalWords) met(t goal.Term, tier rfm.Flow) bool {
	total := w.standing.base.Total
	target := t.Target(total)
	missed := target.Missed(tier)
	if missed == 0 || t.Op != goal.Exactly || !target.Money || tier.Customers == 0 {
		return missed == 0
	}
	const shown = 2_000 // half of the last decimal of a share
	near := int64(total.Revenue)
	if !t.Percent {
		near = min(near, t.Number)
	}
	return missed <= near/shown
}

// meets reports whether tiers, by rank, meet all terms.
func (w goalWords) meets(tiers [4]rfm.Flow) bool {
	return !slices.ContainsFunc(w.goal.Terms, func(t goal.Term) bool { return !w.met(t, tiers[t.Tier.Rank()]) })
}

// floor says among which cuts was looked, "" where that is all of them.
func (w goalWords) floor() string {
	if w.solution.Kept == 0 {
		return ""
	}
	text := catalogue.T("Every score has at least {customers}", "customers", words.Customers(w.solution.Kept))
	if w.goal.Floor.Percent {
		text += " (" + w.goal.Floor.String() + ")"
	}
	if w.solution.KeptFewer {
		text += catalogue.T(", or as many as it has now where that is fewer")
	}
	return catalogue.T("{verdict}; other cuts were not looked at.", "verdict", text)
}

// couldWithoutFloor says that only the floor is in the way.
func (w goalWords) couldWithoutFloor() string {
	floor := words.Customers(w.solution.Kept)
	if w.goal.Floor.Percent {
		floor = w.goal.Floor.String()
	}
	return catalogue.T("Without the floor of {floor} per score it could be met: strata suggest --least 0.", "floor", floor)
}

// achieved tells what became of a term in a frame.
func (w goalWords) achieved(t goal.Term, f *Frame) Achieved {
	total := w.standing.base.Total
	tier := tiersOfFrame(f)[t.Tier.Rank()]
	target := t.Target(total)
	missed := target.Missed(tier)
	a := Achieved{Term: t.Text, Met: w.met(t, tier), Aim: aim(t, total)}
	a.Got = w.got(t, tier, total, printedShare(t, f), a.Met)
	if a.Met {
		return a
	}
	amount := words.Customers(missed)
	tooMany := tier.Customers > target.High
	if target.Money {
		amount = words.Amount(model.Money(missed), words.Symbol(w.currency()))
		tooMany = int64(tier.Revenue) > target.High
	}
	a.Missed = catalogue.T("{amount} too few", "amount", amount)
	switch {
	case tooMany && target.Money:
		a.Missed = catalogue.T("{amount} too much", "amount", amount)
	case tooMany:
		a.Missed = catalogue.T("{amount} too many", "amount", amount)
	case target.Money:
		a.Missed = catalogue.T("{amount} too little", "amount", amount)
	}
	return a
}

// aim says which whole number a term with = was taken for, "" where it is one
// itself.
func aim(t goal.Term, total rfm.Flow) string {
	low, high, rounded := t.Aim(total)
	if !rounded {
		return ""
	}
	number := func(n int64) string { return words.Decimal(model.WholeCut(n).Text(model.Unit)) }
	asked, customers := number(t.Number), t.Measure == goal.Hours || t.Measure == goal.Budget
	switch t.Measure {
	case goal.Heads:
		asked = catalogue.T("{asked} advisers", "asked", asked)
	case goal.Hours:
		hours := catalogue.T("{asked} hours at {each} minutes each", "asked", asked, "each", number(t.Each))
		if t.Number == model.Unit {
			hours = catalogue.T("1 hour at {each} minutes each", "each", number(t.Each))
		}
		asked = hours
	case goal.Budget:
		asked = catalogue.T("{asked} at {each} each", "asked", asked, "each", number(t.Each))
	default:
		asked = catalogue.T("{asked}% of {customers}", "asked", asked, "customers", words.Customers(total.Customers))
	}
	switch {
	case low != high && customers:
		return catalogue.T("{low} and {high} customers are equally near to {asked}", "low", words.Count(low), "high", words.Count(high), "asked", asked)
	case low != high:
		return catalogue.T("{low} and {high} are equally near to {asked}", "low", words.Count(low), "high", words.Count(high), "asked", asked)
	case customers:
		return words.Agree(low, "{customers} is nearest to {asked}", "{customers} are nearest to {asked}", "customers", words.Customers(low), "asked", asked)
	}
	return catalogue.T("{low} is the whole number nearest to {asked}", "low", words.Count(low), "asked", asked)
}

// printedShare is the share of a term's tier as the table of tiers has it.
func printedShare(t goal.Term, f *Frame) string {
	of := func(g Figures) int64 { return g.Customers }
	if t.Measure == goal.Revenue {
		of = func(g Figures) int64 { return int64(g.Revenue) }
	}
	for i, text := range GroupShares(f.Tiers, f.Total, of) {
		if f.Tiers[i].Tier == t.Tier {
			return text
		}
	}
	return words.Share(0, of(f.Total)) // the map has no such tier
}

// got writes a tier as the term counts it, with the share that is printed of it. One
// that misses the share wanted has as many decimals as it takes to look different, and
// one that meets it to the decimal shown, but is printed otherwise, has two.
func (w goalWords) got(t goal.Term, tier, total rfm.Flow, printed string, met bool) string {
	share := func(part, whole int64) string {
		wanted := float64(t.Number) / model.Unit / 100
		const most = 4
		if asked := words.PercentTo(wanted, 1); t.Percent && met && printed != asked && words.ShareTo(part, whole, 1) == asked {
			return words.ShareTo(part, whole, 2)
		}
		text := printed
		for decimals := 1; t.Percent && !met && decimals < most && text == words.PercentTo(wanted, decimals); {
			decimals++
			text = words.ShareTo(part, whole, decimals)
		}
		return text
	}
	customers := words.Customers(tier.Customers)
	taken, _, err := model.Money(t.Each).Share(tier.Customers, 1) // customers × the rate, in ten-thousandths
	switch t.Measure {
	case goal.Revenue:
		if _, ok := model.Share(int64(tier.Revenue), int64(total.Revenue)); !ok {
			return words.Amount(tier.Revenue, words.Symbol(w.currency()))
		}
		worth := words.Amount(tier.Revenue, words.Symbol(w.currency()))
		if t.Percent { // an amount is not what was asked for, and stands as in the table of tiers
			worth = words.ScaleFor(total.Revenue).Money(tier.Revenue, words.Symbol(w.currency()))
		}
		return share(int64(tier.Revenue), int64(total.Revenue)) + " (" + worth + ")"
	case goal.Heads:
		return customers + ", " + words.Plural(workload.Advisers(tier.Customers, t.Each), "adviser", "advisers")
	case goal.Hours, goal.Budget:
		if err != nil {
			return customers // it takes more than anybody has
		}
		if t.Measure == goal.Budget {
			return customers + ", " + words.Amount(taken, words.Symbol(w.currency()))
		}
		const hundredth = model.Unit / 100
		return catalogue.T("{customers}, {taken} hours", "customers", customers, "taken", words.Hours(max(int64(taken)/hundredth, min(int64(taken), 1))))
	}
	return share(tier.Customers, total.Customers) + " (" + customers + ")"
}

// gapWord writes a gap: "9 customers (0.21% of all)".
func gapWord(g goal.Gap, currency string) string {
	var parts []string
	if g.Customers > 0 {
		gap := words.Customers(g.Customers)
		if _, ok := model.Share(g.Customers, g.Of.Customers); ok {
			gap = catalogue.T("{customers} ({share} of all)", "customers", gap, "share", words.Share(g.Customers, g.Of.Customers))
		}
		parts = append(parts, gap)
	}
	if g.Revenue > 0 {
		gap := words.Amount(g.Revenue, words.Symbol(currency))
		if _, ok := model.Share(int64(g.Revenue), int64(g.Of.Revenue)); ok {
			gap = catalogue.T("{amount} ({share} of the revenue)", "amount", gap, "share", words.Share(int64(g.Revenue), int64(g.Of.Revenue)))
		}
		parts = append(parts, gap)
	}
	return words.And(parts)
}

// verdict says whether the goal is met, and what is known beyond.
func (w goalWords) verdict(p *Proposal) string {
	s := w.solution
	cuts := map[Free]string{goal.FreeAll: catalogue.T("cuts"), goal.FreeValue: catalogue.T("value cuts")}[w.free]
	if cuts == "" {
		cuts = catalogue.T("cuts of {axis}", "axis", w.axis())
	}
	tier, than := words.Tier(s.Sized), w.otherwise()
	switch {
	case s.Gap.Met() && s.Sized == "":
		return catalogue.T("The goal is met.")
	case s.Gap.Met() && s.Size == s.SizeBound:
		return catalogue.T("The goal is met, and no {cuts} meet it with {than} customers in {tier}.", "cuts", cuts, "than", than, "tier", tier)
	case s.Gap.Met() && w.boundOfEverybody():
		return catalogue.T("The goal is met with {size} in {tier}; whether other {cuts} meet it with {than} is not known.", "size", words.Customers(s.Size), "tier", tier, "cuts", cuts, "than", than)
	case s.Gap.Met():
		return catalogue.T("The goal is met with {size} in {tier}; no {cuts} could do it with {than} than {bound}, and whether any come nearer to that is not known.", "size", words.Customers(s.Size), "tier", tier, "cuts", cuts, "than", than, "bound", words.Count(s.SizeBound))
	case p.Met():
		if slices.ContainsFunc(w.goal.Terms, func(t goal.Term) bool { return t.Measure == goal.Revenue && !t.Percent }) {
			return catalogue.T("The goal is met to within 0.05%, but missed by {gap} beyond it.", "gap", gapWord(s.Gap, w.currency()))
		}
		return catalogue.T("The goal is met to the decimal shown, but missed by {gap} beyond it.", "gap", gapWord(s.Gap, w.currency()))
	case s.Gap == s.Bound:
		return catalogue.T("The goal is missed by {gap}, and no {cuts} come nearer.", "gap", gapWord(s.Gap, w.currency()), "cuts", cuts)
	case s.Bound.Met():
		return catalogue.T("The goal is missed by {gap}; whether other {cuts} come nearer is not known.", "gap", gapWord(s.Gap, w.currency()), "cuts", cuts)
	}
	if mixed(s.Gap) || mixed(s.Bound) {
		return catalogue.T("The goal is missed by {gap}. As one number, shares of the customers and of the revenue added up, that is {fraction}; no {cuts} can come below {bound}, and whether any come nearer is not known.", "gap", gapWord(s.Gap, w.currency()), "fraction", words.Percent(s.Gap.Fraction()), "cuts", cuts, "bound", words.Percent(s.Bound.Fraction()))
	}
	return catalogue.T("The goal is missed by {gap}; no {cuts} can miss it by less than {bound}, and whether any come nearer is not known.", "gap", gapWord(s.Gap, w.currency()), "cuts", cuts, "bound", gapWord(s.Bound, w.currency()))
}

// axis names the measure that is free.
func (w goalWords) axis() string {
	axis, _ := model.ParseAxis(string(w.free))
	return words.Axis(axis)
}

// otherwise says what would be better than what was found: a tier with fewer, or with
// more.
func (w goalWords) otherwise() string {
	if w.solution.Small {
		return catalogue.T("fewer")
	}
	return catalogue.T("more")
}

// boundOfEverybody reports whether the bound on a tier's size says nothing: it has
// no more than all customers, and no fewer than none.
func (w goalWords) boundOfEverybody() bool {
	s := w.solution
	if s.Small {
		return s.SizeBound <= 0
	}
	return s.SizeBound >= w.standing.base.Total.Customers
}

// mixed reports whether a gap has parts of several kinds that can be added up as
// shares.
func mixed(g goal.Gap) bool { return g.Customers > 0 && g.Revenue > 0 && g.Of.Revenue > 0 }

// why says why a goal is missed: because of what it asks for, or else of customers
// whom no cut tells apart.
func (w goalWords) why() []string {
	if w.solution.Gap.Met() {
		return nil
	}
	if why := w.whyByTerms(); len(why) > 0 {
		return why
	}
	return w.whyByCuts()
}

// whyByTerms says which terms no tiers could meet, whoever is in them: those that
// together ask for too much, or for too few customers.
func (w goalWords) whyByTerms() []string {
	s, total := w.solution, w.standing.base.Total
	var why []string
	together, most := int64(0), int64(0)
	for _, t := range w.goal.Terms {
		target := t.Target(total)
		switch {
		case target.Money && target.Low > int64(w.brought()):
			revenue := words.Amount(w.brought(), words.Symbol(w.currency()))
			if w.brought() > total.Revenue {
				why = append(why, catalogue.T("{term}: all customers with any revenue together bring in {revenue}.", "term", t.Text, "revenue", revenue))
			} else {
				why = append(why, catalogue.T("{term}: all customers together bring in {revenue}.", "term", t.Text, "revenue", revenue))
			}
		case target.Money && s.Fewest[t.Tier.Rank()] > w.most(t.Tier):
			why = append(why, catalogue.T("{term} takes at least {fewest}, whoever they are.", "term", t.Text, "fewest", words.Customers(s.Fewest[t.Tier.Rank()])))
		case !target.Money && target.Low > total.Customers:
			why = append(why, words.Agree(total.Customers, "{term}: there is only {customers}.", "{term}: there are only {customers}.", "term", t.Text, "customers", words.Customers(total.Customers)))
		case !target.Money:
			together += max(target.Low, 0)
			most += min(target.High, total.Customers)
		}
	}
	switch {
	case len(why) > 0:
	case together > total.Customers:
		why = append(why, words.Agree(total.Customers, "The terms together ask for {together}; there is {customers}.", "The terms together ask for {together}; there are {customers}.", "together", words.Customers(together), "customers", words.Count(total.Customers)))
	case most < total.Customers && w.everyTier() && !s.Any.Met():
		why = append(why, catalogue.T("The terms together leave room for {most} in HIGH, MID and LOW; there are {customers}.", "most", words.Customers(most), "customers", words.Count(total.Customers)))
	}
	return why
}

// everyTier reports whether there is one term on the customers of each tier.
func (w goalWords) everyTier() bool {
	seen := map[model.Tier]bool{}
	for _, t := range w.goal.Terms {
		if t.Measure == goal.Revenue || seen[t.Tier] {
			return false
		}
		seen[t.Tier] = true
	}
	const tiers = 3
	return len(seen) == tiers
}

// whyByCuts says why cuts miss a goal that customers could meet.
func (w goalWords) whyByCuts() []string {
	s := w.solution
	var why []string
	if s.Nearest != nil {
		why = append(why, w.steps()...)
	}
	if s.Idle {
		return append(why, catalogue.T("The map does not use {axis}: none of its cuts changes a tier. Let others move.", "axis", w.axis()))
	}
	if s.Heaviest > 1 && s.Heaviest > s.Gap.Customers {
		axis, _ := model.ParseAxis(string(w.free))
		why = append(why, catalogue.T("{customers} have the same {axis}, {value}; no cut can separate them.", "customers", words.Customers(s.Heaviest), "axis", words.Axis(axis), "value", w.value(s.HeaviestValue, axis)))
	}
	if w.free != goal.FreeAll {
		why = append(why, catalogue.T("Other cuts are held where they are; let all of them move to come nearer."))
	}
	return why
}

// brought returns the most that any tier could bring: the revenue of those who
// brought something. Where more was returned than bought by some, that is more
// than all together.
func (w goalWords) brought() model.Money {
	sum := int64(0)
	for _, revenue := range w.standing.base.Revenue {
		sum += max(revenue, 0)
	}
	return model.Money(sum)
}

// most returns how many customers a tier may have at most.
func (w goalWords) most(tier model.Tier) int64 {
	total := w.standing.base.Total
	most := total.Customers
	for _, t := range w.goal.Terms {
		if target := t.Target(total); t.Tier == tier && !target.Money {
			most = min(most, target.High)
		}
	}
	return most
}

// value writes a value of a measure to its last digit, with its unit.
func (w goalWords) value(v int64, axis model.Axis) string {
	return CutText(model.WholeCut(v), axis, w.standing.scheme.Spec, w.currency())
}

// steps says which sizes of HIGH, and of HIGH and MID together, lie around
// what is wanted: equal value scores stay together.
func (w goalWords) steps() []string {
	var why []string
	total := w.standing.base.Total
	around := func(of string, wanted int64) {
		at, exact := slices.BinarySearch(w.solution.Nearest, wanted)
		if exact || at == 0 || at == len(w.solution.Nearest) {
			return
		}
		below, above := w.solution.Nearest[at-1], w.solution.Nearest[at]
		why = append(why, catalogue.T("Equal value scores stay together: {tiers} can be {below} or {above} customers ({below_share} or {above_share}), but nothing in between.", "tiers", of, "below", words.Count(below), "above", words.Count(above), "below_share", words.Share(below, total.Customers), "above_share", words.Share(above, total.Customers)))
	}
	var low, high int64
	for _, t := range w.goal.Terms {
		target := t.Target(total)
		if target.Money || t.Op != goal.Exactly || target.Missed(w.tier(t.Tier)) == 0 {
			continue
		}
		switch t.Tier {
		case model.TierHigh:
			high = target.Low
			around(words.Tier(model.TierHigh), high)
		case model.TierLow:
			low = target.Low
			around(catalogue.T("HIGH and MID together"), total.Customers-low)
		}
	}
	return why
}

// tier returns the figures of a tier in the solution.
func (w goalWords) tier(t model.Tier) rfm.Flow { return w.solution.Tiers[t.Rank()] }
