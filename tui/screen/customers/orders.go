package customers

import (
	"slices"
	"strings"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/tui/component/cells"
	"strata/tui/component/pane"
	"strata/tui/session"
	"strata/tui/theme"
)

// newest are the orders of a customer by their places, the newest first.
type newest int

func (n newest) Len() int     { return int(n) }
func (n newest) At(i int) int { return int(n) - 1 - i }

// laidOut is what the list of orders was laid out for.
type laidOut struct {
	of     *session.Profile
	symbol string
	width  int
}

// lay chooses what is told of each order: the key always, and it is never cut where there
// are other columns to leave out. Returned value, why an order does not count and what it
// counts for are there where any order has them. Where there is no room, value and
// returned value become one, letters stand for the reasons, what counts stands for what
// the order is worth, and at last no value is told.
func (p *profile) lay(symbol string, width, height int) {
	p.orders.SetSize(width, height)
	if laid := (laidOut{p.Profile, symbol, width}); p.laid != laid {
		p.laid = laid
	} else {
		return
	}
	for i, columns := range p.layouts() {
		t := answer.TableOf("orders", newest(len(p.Orders)), columns)
		t.Symbol = symbol
		p.orders.Show(t.In(answer.Screen))
		if p.letters = i >= lettersFrom; p.orders.Fits() {
			break
		}
	}
}

const lettersFrom = 2 // of the layouts

// layouts are the columns that there may be, the more the better.
func (p *profile) layouts() [][]answer.Column[int] {
	quiet := func(i int) answer.Tone { return map[bool]answer.Tone{true: answer.Dim}[p.Verdict(i) != ""] }
	column := func(key, title string, tone func(int) answer.Tone, of func(int) answer.Value) answer.Column[int] {
		return answer.Column[int]{Key: key, Title: title, In: answer.Everyone | answer.Screen, Tone: tone, Of: of}
	}
	amount := func(of func(int) model.Money) func(int) answer.Value {
		return func(i int) answer.Value { return answer.Money(of(i)).As(answer.Exact) }
	}
	text := func(of func(int) string) func(int) answer.Value {
		return func(i int) answer.Value { return answer.Text(of(i)) }
	}
	any := func(c answer.Column[int], of func(int) bool) (all []answer.Column[int]) {
		for i := range p.Orders {
			if of(i) {
				return []answer.Column[int]{c}
			}
		}
		return nil
	}
	day := column("day", catalogue.T("day"), quiet, text(func(i int) string { return p.Orders[i].Day.String() }))
	key := column("order", catalogue.T("order"), func(int) answer.Tone { return answer.Dim }, text(func(i int) string { return p.Orders[i].Key }))
	bought := column("amount", catalogue.T("amount"), quiet, amount(func(i int) model.Money { return p.Orders[i].Value }))
	worth := column("amount", catalogue.T("amount"), quiet, amount(func(i int) model.Money { return p.Orders[i].Value - p.Orders[i].Returned }))
	returned := any(column("returned", catalogue.T("returned"), func(i int) answer.Tone {
		if p.Verdict(i) != "" {
			return answer.Dim
		}
		return answer.Fall
	}, func(i int) answer.Value {
		return answer.If(p.Orders[i].Returned != 0, answer.Money(-p.Orders[i].Returned).As(answer.Exact)).OrNothing()
	}), func(i int) bool { return p.Orders[i].Returned != 0 })
	look, not := func(int) answer.Tone { return answer.Look }, func(i int) bool { return p.Verdict(i) != "" }
	why := any(column("why", "", look, text(p.Verdict)), not)
	letter := any(column("why", "", look, text(p.Mark)), not)
	counts, counted := []answer.Column[int](nil), worth
	if p.InPart() {
		counted = column("counts", catalogue.T("counts"), quiet, func(i int) answer.Value {
			return answer.If(p.Counted[i] != 0 || !not(i), answer.Money(p.Counted[i]).As(answer.Exact)).OrNothing()
		})
		counts = []answer.Column[int]{counted}
	}
	one := func(c answer.Column[int]) []answer.Column[int] { return []answer.Column[int]{c} }
	return [][]answer.Column[int]{
		slices.Concat(one(day), one(bought), returned, counts, why, one(key)),
		slices.Concat(one(day), one(worth), counts, why, one(key)),
		slices.Concat(one(day), one(worth), counts, letter, one(key)),
		slices.Concat(one(day), one(counted), letter, one(key)),
		slices.Concat(one(day), letter, one(key)),
	}
}

// orderPane lists the orders, the newest first. Where letters stand for reasons,
// its border explains them.
func (p *profile) orderPane(th *theme.Theme, symbol string, in pane.Pane) []string {
	width, height := in.Inner()
	p.lay(symbol, width, height)
	if p.letters {
		in.Note = p.legend(in)
	}
	return in.Lines(th, p.orders.Lines(th, true))
}

// legend explains the letters of the list as far as the border has room.
func (p *profile) legend(in pane.Pane) string {
	marks := strings.Join(p.Marks(), " · ")
	around := cells.Width(in.Title) + 8
	for _, text := range []string{in.Note + " · " + marks, marks} {
		if cells.Width(text)+around <= in.Width {
			return text
		}
	}
	return in.Note
}
