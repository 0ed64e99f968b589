package session

import (
	"cmp"
	"context"
	"slices"

	"strata/analysis/rfm"
	"strata/model"
)

// PeopleQuery says which customers are meant by a bar, a cell or a row of a
// screen. The zero query means all tiered customers.
type PeopleQuery struct {
	Title   string          // how to call them: "Champions", "R5 F4"
	Segment string          // slug of their segment now, "" any
	Tier    model.Tier      // "" any
	Was     string          // slug of their segment in the baseline, "" any
	WasTier model.Tier      // of that segment, "" any
	Scores  [model.Axes]int // 0 any

	Moved   bool // only those who are in another segment than in the baseline
	Changed bool // only those who are in another tier than in the baseline
	Entered bool // only those who are absent from the baseline
	// Left are those of the baseline who are not tiered now, shown as they were
	// there: Segment and Was, Tier and WasTier mean the same then.
	Left bool

	Only  *Selection // only those it holds; nil: anybody
	Among *Roster    // nil: everybody under the working scheme
}

// AboutMoves reports whether the query asks for who moves: the list then tells
// the reason and the distance.
func (q PeopleQuery) AboutMoves() bool { return q.Moved || q.Changed }

// Roster is everybody there is under a scheme. It is immutable, so that long
// lists are put together beside the keys while cuts move on.
type Roster struct {
	store model.Store
	base  *rfm.Base
	rule  *rfm.Rule
	was   *rfm.Labels // in the baseline, nil without one
	// against is the baseline beside it, nil without one; it follows from the rest.
	against *Against
}

// same reports whether two rosters are of the same people under the same rules.
func (r *Roster) same(o *Roster) bool {
	return r == o || r.store == o.store && r.base == o.base && r.rule == o.rule && r.was == o.was
}

// Roster returns everybody under the working scheme.
func (b *Bench) Roster() *Roster {
	b.keep()
	return &Roster{store: b.session.store, base: b.base, rule: b.rule, was: b.baseline.labels, against: b.Against()}
}

// Attributes lists the attributes that a list of customers can show, as
// [Roster.Attributes] does, as they were when the workspace was opened.
func (b *Bench) Attributes() []model.Attribute { return slices.Clone(b.attributes) }

// Roster returns everybody under a scheme, compared with nothing.
func (s *Session) Roster(ctx context.Context, scheme model.Scheme) (*Roster, error) {
	base, rule, _, err := s.score(ctx, scheme)
	if err != nil {
		return nil, err
	}
	return &Roster{store: s.store, base: base, rule: rule}, nil
}

// Attributes lists the attributes that a list can show: those of customers, then
// those of orders, of which a customer has the value of the last order.
func (r *Roster) Attributes(ctx context.Context) ([]model.Attribute, error) {
	all, err := r.store.Attributes(ctx)
	all = slices.DeleteFunc(all, func(a model.Attribute) bool { return a.Subject == model.OfLine })
	slices.SortStableFunc(all, func(a, b model.Attribute) int { return cmp.Compare(a.Subject, b.Subject) })
	return all, err
}

// PeopleRequest says whom to list, and how.
type PeopleRequest struct {
	Query      PeopleQuery
	Attributes []model.Attribute // to show and to look through, out of [Roster.Attributes]
	Sort       PeopleColumn
	Descending bool
	// Filter is "", or a text that a column must contain, whatever its case; where On
	// names a column, it may be a relation to what that has, see [answer.ParseCondition].
	Filter string
	On     PeopleColumn
}

// People is a list of customers: an immutable answer to a request. It holds row
// numbers; names and figures are looked up for the rows that are drawn.
type People struct {
	Request PeopleRequest
	// Matches are the places in the list, ascending, of those that the filter lets
	// through; nil without a filter.
	Matches []int32

	roster   *Roster
	keys     *model.Strings                // of all customers
	facts    map[PeopleColumn]*model.Codes // of all customers, by attribute
	segments []uint8                       // segment now of each row of the base
	rows     []int32                       // of the base, in the order of the list
	moves    *moves                        // nil where the list is not about who moves
}

// Roster returns those among whom the list was made.
func (p *People) Roster() *Roster { return p.roster }

// Len returns how many people the list has, whatever the filter.
func (p *People) Len() int { return len(p.rows) }

// Person is a customer in a list.
type Person struct {
	Score
	Number int      // ordinal in the workspace
	Facts  []string // values of the attributes of the request
	Move   *Move    // nil where the list is not about who moves
}

// At looks up the person at a place in the list.
func (p *People) At(place int) Person {
	row := int(p.rows[place])
	number := int(p.roster.base.Customer[row])
	person := Person{Score: scoreOf(p.roster.base, p.roster.rule, row), Number: number}
	person.Customer = p.keys.At(number)
	for _, a := range p.Request.Attributes {
		codes := p.facts[AttributeColumn(a)]
		person.Facts = append(person.Facts, codes.Words[codes.Code[number]])
	}
	if p.moves != nil {
		person.Move = p.moves.of(row)
	}
	return person
}

// List answers a request. before, if not nil, is the last answer: what has not
// changed since is taken from it, and people whom the sorting finds equal keep
// the order they had there. Errors: NotFound for an unknown attribute,
// Cancelled.
func (r *Roster) List(ctx context.Context, request PeopleRequest, before *People) (*People, error) {
	p := &People{Request: request, roster: r}
	var err error
	if r, err = r.meant(request.Query); err != nil {
		return nil, err
	}
	p.roster = r
	if before != nil && !before.roster.same(r) {
		before = nil
	}
	if err = p.load(ctx, before); err != nil {
		return nil, err
	}
	if err = p.loadMoves(ctx, before); err != nil {
		return nil, err
	}
	if before != nil {
		p.segments = before.segments
	} else {
		p.segments = rfm.Assign(r.base, r.rule).Of
	}
	sorted := false
	if before != nil && before.Request.Query == request.Query && (request.Sort != "" || before.Request.Sort == "") {
		p.rows = before.rows
		sorted = before.Request.Sort == request.Sort && before.Request.Descending == request.Descending
	} else if p.rows, err = p.choose(ctx); err != nil {
		return nil, err
	}
	if !sorted {
		before = nil
		if p.rows, err = p.sorted(ctx); err != nil {
			return nil, err
		}
	}
	p.Matches, err = p.matching(ctx, before)
	return p, err
}

// load finds the keys, and the attributes that before has not.
func (p *People) load(ctx context.Context, before *People) error {
	customers, err := p.roster.store.Customers(ctx)
	if err != nil {
		return err
	}
	p.keys, p.facts = &customers.Keys, map[PeopleColumn]*model.Codes{}
	for _, a := range p.Request.Attributes {
		column := AttributeColumn(a)
		if before != nil && before.facts[column] != nil {
			p.facts[column] = before.facts[column]
			continue
		}
		if p.facts[column], err = p.roster.fact(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// fact returns the values that customers have of an attribute: of one of orders, that
// of their last order that counts, or of their last where none does.
func (r *Roster) fact(ctx context.Context, a model.Attribute) (*model.Codes, error) {
	if a.Subject == model.OfCustomer {
		customers, err := r.store.Customers(ctx, a.Name)
		if err != nil {
			return nil, err
		}
		return customers.Attributes[a.Name], nil
	}
	orders, err := r.store.Orders(ctx, a.Name)
	if err != nil {
		return nil, err
	}
	of := orders.Attributes[a.Name]
	counting, err := r.lastOrders(ctx)
	if err != nil {
		return nil, err
	}
	last := &model.Codes{Words: of.Words, Code: make([]uint32, orders.Customers())}
	for c := range last.Code {
		if end := orders.Start[c+1]; end > orders.Start[c] {
			last.Code[c] = of.Code[end-1]
		}
	}
	for row, i := range counting {
		last.Code[r.base.Customer[row]] = of.Code[i]
	}
	return last, nil
}

// lastOrders returns the place of the last order that counts of every row.
func (r *Roster) lastOrders(ctx context.Context) ([]int32, error) {
	spec := r.base.Spec
	orders, customers, err := columnsFor(ctx, r.store, &spec)
	if err != nil {
		return nil, err
	}
	return r.base.LastOrders(ctx, orders, customers)
}

// pause is how many rows are looked at between two looks at the context.
const pause = 1 << 15

// each calls do for 0 <= i < n, until the context ends.
func each(ctx context.Context, n int, do func(i int)) error {
	for from := 0; from < n; from += pause {
		if ctx.Err() != nil {
			return model.Errorf(model.Cancelled, "listing was stopped: {cause}", "cause", context.Cause(ctx))
		}
		for i := from; i < min(from+pause, n); i++ {
			do(i)
		}
	}
	return nil
}

// choose finds the rows that the query means.
func (p *People) choose(ctx context.Context) ([]int32, error) {
	q, r := p.Request.Query, p.roster
	if q.Left {
		q.Segment, q.Tier = cmp.Or(q.Segment, q.Was), cmp.Or(q.Tier, q.WasTier)
	}
	wanted := make([]bool, len(r.rule.Segments)+1)
	for i, s := range r.rule.Segments {
		wanted[i] = (q.Segment == "" || q.Segment == s.Slug) && (q.Tier == "" || q.Tier == s.Tier)
	}
	came := r.came(q)
	admits, err := q.Only.admits(ctx)
	if err != nil {
		return nil, err
	}
	var rows []int32
	byScore := q.Scores != [model.Axes]int{}
	err = each(ctx, r.base.Len(), func(row int) {
		if wanted[p.segments[row]] && admits(r.base.Customer[row]) && came(row, p.segments[row]) && (!byScore || scoresMatch(q.Scores, r.rule.ScoresOf(r.base, row))) {
			rows = append(rows, int32(row))
		}
	})
	return rows, err
}

func scoresMatch(wanted, scores [model.Axes]int) bool {
	for a, w := range wanted {
		if w != 0 && w != scores[a] {
			return false
		}
	}
	return true
}
