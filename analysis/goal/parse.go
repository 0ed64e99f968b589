package goal

import (
	"math/big"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Goal is what is wanted of the tiers: at least one term.
type Goal struct {
	Text  string // as the person wrote it, blanks at its ends cut
	Terms []Term
	Floor Floor // what every score keeps, whatever the terms want; [DefaultFloor] once parsed
}

// Term wants something of one tier.
type Term struct {
	Text    string // as the person wrote it, blanks at its ends cut
	Tier    model.Tier
	Measure Measure
	Op      Op
	// Number is compared with, in ten-thousandths of what Measure counts; with
	// Percent, of one percent.
	Number  int64
	Percent bool
	// Each is the rate of heads (customers for one adviser), hours (minutes for one
	// customer) and budget (currency for one customer), in ten-thousandths; 0 of
	// the others.
	Each int64
	// Kept is what is in the tier beside those whom the cuts put there, less those
	// who are kept from it: customers, or ten-thousandths of currency. Targets are
	// moved by it, so that both together meet the term.
	Kept int64
}

// Measure is what a term counts.
type Measure string

// The measures. The last three count customers by what they take.
const (
	Customers Measure = "customers"
	Revenue   Measure = "revenue"
	Heads     Measure = "heads"
	Hours     Measure = "hours"
	Budget    Measure = "budget"
)

// Measures lists the measures.
var Measures = []Measure{Customers, Revenue, Heads, Hours, Budget}

// rates say what stands after the @ of a measure.
var rates = map[Measure]string{
	Heads:  catalogue.T("customers for one adviser"),
	Hours:  catalogue.T("minutes for one customer"),
	Budget: catalogue.T("cost of one customer"),
}

// Op compares.
type Op string

// The operators.
const (
	Exactly Op = "="
	AtLeast Op = ">="
	AtMost  Op = "<="
)

// Example is a goal to show where one is asked for.
const Example = "high=15%, mid=35%"

// tierSlugs are the tiers a goal can speak of.
var tierSlugs = []model.Tier{model.TierHigh, model.TierMid, model.TierLow}

// Parse reads a goal; the floor is no part of its text. Error: Usage, with the position of what is not
// understood (counted in letters from 1) and what is expected there, or for
// terms that no data could meet together.
func Parse(text string) (Goal, error) {
	text = strings.TrimSpace(text)
	p := &parser{text: text}
	g := Goal{Text: text, Floor: DefaultFloor}
	if p.blank(); p.rest() == "" {
		return g, model.Errorf(model.Usage, "the goal is empty").WithHint("write one like {example}", "example", Example)
	}
	for {
		term, err := p.term()
		if err != nil {
			return Goal{}, err
		}
		g.Terms = append(g.Terms, term)
		if p.rest() == "" {
			break
		}
		if !p.take(",") {
			return Goal{}, p.expected(catalogue.T("a comma or the end"))
		}
	}
	if err := g.check(); err != nil {
		return Goal{}, err
	}
	return g, nil
}

// parser reads a goal from the left; blanks before a word are skipped.
type parser struct {
	text string
	at   int // bytes read
}

func (p *parser) rest() string { return p.text[p.at:] }

func (p *parser) blank() {
	p.at = len(p.text) - len(strings.TrimLeftFunc(p.rest(), unicode.IsSpace))
}

// take reads one of the given words, if it is next.
func (p *parser) take(word string) bool {
	if !strings.HasPrefix(p.rest(), word) {
		return false
	}
	p.at += len(word)
	p.blank()
	return true
}

// letters reads a run of letters, in lower case.
func (p *parser) letters() string {
	word := p.rest()
	if end := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		word = word[:end]
	}
	p.at += len(word)
	p.blank()
	return strings.ToLower(word)
}

// expected says what should stand where the parser is.
func (p *parser) expected(what string) error { return p.expectedAt(p.at, what) }

func (p *parser) expectedAt(at int, what string) error {
	position := utf8.RuneCountInString(p.text[:at]) + 1
	found := catalogue.T("the end")
	if at < len(p.text) {
		const most = 16 // letters of what was not understood
		word := []rune(p.text[at:])
		end := slices.IndexFunc(word, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
		if end < 0 {
			end = len(word)
		}
		found = `"` + model.Printable(string(word[:min(max(end, 1), most)])) + `"`
	}
	return model.Errorf(model.Usage, "goal, character {position}: expected {expected}, not {found}", "position", position, "expected", what, "found", found).
		WithHint("write one like {example} or high:revenue>=60%", "example", Example)
}

func (p *parser) term() (Term, error) {
	var t Term
	from := p.at
	t.Tier = model.Tier(p.letters())
	if !slices.Contains(tierSlugs, t.Tier) {
		return t, p.expectedAt(from, catalogue.T("high, mid or low"))
	}
	t.Measure = Customers
	if p.take(":") {
		at := p.at
		t.Measure = Measure(p.letters())
		if t.Measure == "advisers" { // as the screens call them
			t.Measure = Heads
		}
		if !slices.Contains(Measures, t.Measure) {
			return t, p.expectedAt(at, catalogue.T("customers, revenue, advisers (or heads), hours or budget"))
		}
	}
	err := p.op(&t)
	if err == nil {
		err = p.amount(&t)
	}
	t.Text = strings.TrimSpace(p.text[from:p.at])
	return t, err
}

func (p *parser) op(t *Term) error {
	for _, known := range []struct {
		sign string
		op   Op
	}{{"<=", AtMost}, {">=", AtLeast}, {"≤", AtMost}, {"≥", AtLeast}, {"=", Exactly}} {
		if p.take(known.sign) {
			t.Op = known.op
			return nil
		}
	}
	if rest := p.rest(); rest != "" && (rest[0] == '<' || rest[0] == '>') {
		return p.expected(catalogue.T("{operator}= (meeting the limit exactly is enough)", "operator", rest[:1]))
	}
	return p.expected(catalogue.T("=, <= or >="))
}

// amount reads the number of a term with what belongs to it.
func (p *parser) amount(t *Term) error {
	at := p.at
	var err error
	if t.Number, err = p.number(); err != nil {
		return err
	}
	rate, rated := rates[t.Measure]
	switch {
	case rated:
		if !p.take("@") {
			return p.expected(catalogue.T("@ and the {rate}", "rate", rate))
		}
		each := p.at
		if t.Each, err = p.number(); err != nil {
			return err
		}
		if t.Each == 0 {
			return p.expectedAt(each, catalogue.T("more than 0 as the {rate}", "rate", rate))
		}
		if t.Measure == Heads && t.Each < model.Unit {
			return p.expectedAt(each, catalogue.T("1 or more as the {rate}", "rate", rate))
		}
	case p.take("%"):
		t.Percent = true
		if t.Number > 100*model.Unit {
			return p.expectedAt(at, catalogue.T("a share of at most 100%"))
		}
	case t.Measure == Revenue && 0 < t.Number && t.Number <= 100*model.Unit && !strings.Contains(p.text[at:p.at], "."):
		bare := strings.TrimSpace(p.text[at:p.at])
		return p.expectedAt(at, catalogue.T("{bare}% for a share or {bare}.00 for an amount", "bare", bare))
	case t.Measure == Customers && t.Number%model.Unit != 0:
		return p.expectedAt(at, catalogue.T("a whole number of customers, or a share with %"))
	}
	return nil
}

// mostNumber bounds the numbers of a goal; no workspace has so much of anything.
const mostNumber = 1_000_000_000_000 * model.Unit

// number reads a decimal with at most four decimals, in ten-thousandths.
func (p *parser) number() (int64, error) {
	digits := p.rest()
	if end := strings.IndexFunc(digits, func(r rune) bool { return r != '.' && (r < '0' || r > '9') }); end >= 0 {
		digits = digits[:end]
	}
	if digits == "" {
		return 0, p.expected(catalogue.T("a number"))
	}
	n, err := model.ParseMoney(digits)
	switch {
	case err != nil:
		return 0, p.expected(catalogue.T("a number with at most four decimals"))
	case n > mostNumber:
		return 0, p.expected(catalogue.T("a smaller number"))
	}
	p.at += len(digits)
	if err := p.comma(digits); err != nil {
		return 0, err
	}
	p.blank()
	return int64(n), nil
}

// comma refuses a comma within a number: it ends the term, and whether it was meant
// for decimals or between thousands nobody can tell.
func (p *parser) comma(digits string) error {
	isDigit := func(r rune) bool { return '0' <= r && r <= '9' }
	rest, found := strings.CutPrefix(p.rest(), ",")
	if !found || rest == "" || !isDigit(rune(rest[0])) {
		return nil
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return !isDigit(r) })
	if end < 0 {
		end = len(rest)
	}
	const thousands = 3 // digits of a group
	written, meant := digits+","+rest[:end], digits+"."+rest[:end]
	if end == thousands {
		meant = digits + rest[:end]
	}
	return model.Errorf(model.Usage, "goal, character {position}: a comma ends a term, but {written} contains one", "position", utf8.RuneCountInString(p.text[:p.at])+1, "written", written).
		WithHint("write {meant}, with a decimal point and no thousands separators", "meant", meant)
}

// check refuses terms that contradict each other whatever the data.
func (g Goal) check() error {
	shares := map[Measure]int64{}
	for i, t := range g.Terms {
		for _, before := range g.Terms[:i] {
			if before.contradicts(t) {
				return model.Errorf(model.Usage, "the goal asks for both {first:q} and {second:q}", "first", before.Text, "second", t.Text).
					WithHint("no tier can meet both; remove one")
			}
		}
		if t.Percent && t.Op != AtMost {
			shares[t.Measure] += t.Number
		}
	}
	for _, of := range []Measure{Customers, Revenue} {
		if percent := shares[of]; percent > 100*model.Unit && g.alone(of) {
			text := words.Decimal(model.WholeCut(percent).Text(model.Unit)) + "%"
			return model.Errorf(model.Usage, "the goal asks for {share} of the {measure} in all", "share", text, "measure", of).
				WithHint("give at most 100%")
		}
	}
	return nil
}

// alone reports whether no tier is wanted twice in shares of a measure from
// below, so that the shares may be added up.
func (g Goal) alone(of Measure) bool {
	seen := map[model.Tier]bool{}
	for _, t := range g.Terms {
		if t.Measure != of || !t.Percent || t.Op == AtMost {
			continue
		}
		if seen[t.Tier] {
			return false
		}
		seen[t.Tier] = true
	}
	return true
}

// contradicts reports whether no tier can meet both terms, as far as that can
// be told without data: both count the same thing in the same unit.
func (t Term) contradicts(u Term) bool {
	if t.Tier != u.Tier || t.Percent != u.Percent || (t.Measure == Revenue) != (u.Measure == Revenue) {
		return false
	}
	above := func(low, high Term) bool {
		least, _ := low.ends()
		_, most := high.ends()
		return low.Op != AtMost && high.Op != AtLeast && least.Cmp(most) > 0
	}
	return above(t, u) || above(u, t)
}

// ends are the least that >= or = of a term's number asks for, and the most that
// <= or = lets pass, in the unit of amount: so many advisers have fewer or more
// customers, all else is one number.
func (t Term) ends() (least, most *big.Rat) {
	if t.Measure != Heads {
		return t.amount(), t.amount()
	}
	target := t.heads()
	return big.NewRat(target.Low, 1), big.NewRat(target.High, 1)
}

// amount is the number of a term other than heads as customers, currency or
// percent.
func (t Term) amount() *big.Rat {
	n := big.NewRat(t.Number, model.Unit)
	each := big.NewRat(max(t.Each, 1), model.Unit)
	const minutes = 60 // of an hour
	switch t.Measure {
	case Hours:
		return n.Quo(n.Mul(n, big.NewRat(minutes, 1)), each)
	case Budget:
		return n.Quo(n, each)
	}
	return n
}
