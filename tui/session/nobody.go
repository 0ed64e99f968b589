package session

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/model/words"
)

// nobody says of an error that there is no customer which limits are in force, and
// how to lift them: what limits may have been stored long ago. Another error, or
// none, comes back as it is.
func (s *Session) nobody(ctx context.Context, spec model.Spec, err error) error {
	limits := Counted(spec)
	if model.CodeOf(err) != model.Empty || len(limits) == 0 {
		return err
	}
	if why := s.whyNobody(ctx, spec); why != nil {
		return why
	}
	return model.Errorf(model.Empty, "no customer is left with what is in force: {limits}", "limits", strings.Join(limits, ", ")).
		WithHint("clear {limits}; [F] does so in the workbench", "limits", words.Or(lifting(spec)))
}

// lifting tells with which flags the limits of a spec are lifted.
func lifting(spec model.Spec) []string {
	var lifts []string
	for _, l := range []struct {
		is   bool
		with string
	}{
		{len(spec.Where) > 0, catalogue.T("the filter with --where none")},
		{!spec.Window.All(), catalogue.T("the window with --window all")},
		{spec.AsOf != model.NoDay, catalogue.T("the day with --as-of {last}", "last", schemefile.AfterLastOrder)},
		{spec.Returns == model.ReturnsIgnore || spec.Returns == model.ReturnsOrders, catalogue.T("the policy for returns with --returns net")},
		{spec.Zero == model.ZeroDrop, catalogue.T("the policy for zero-value orders with --zero keep")},
	} {
		if l.is {
			lifts = append(lifts, l.with)
		}
	}
	return lifts
}

// whyNobody says which condition of a filter, under which there is no customer,
// nothing in the workspace meets, and what there is instead; nil where each is met.
// It looks at the columns once more: nothing else waits for an answer that is none.
func (s *Session) whyNobody(ctx context.Context, spec model.Spec) error {
	orders, customers, err := columnsFor(ctx, s.store, &spec)
	if err != nil {
		return err
	}
	for _, c := range spec.Where {
		subject, codes := subjectOf(c, orders, customers)
		if codes == nil {
			continue
		}
		counted := countWords(codes)
		met := func(w wordCount) bool { return slices.Contains(c.Values, w.word) != c.Not }
		switch {
		case slices.ContainsFunc(counted, met):
		case c.Not:
			c.Not = false
			return model.Errorf(model.Empty, "every {subject} has {condition}", "subject", words.Subject(subject), "condition", c.Words()).WithHint("clear the filter with --where none")
		default:
			return model.Errorf(model.Empty, "no {subject} has {condition}; the values are: {counted}", "subject", words.Subject(subject), "condition", c.Words(), "counted", theWords(counted)).
				WithHint("{condition}; --where none clears the filter", "condition", meant(c, counted))
		}
	}
	return nil
}

// subjectOf returns what a condition is on, and the values of its attribute.
func subjectOf(c model.Condition, orders *model.Orders, customers *model.Customers) (model.Subject, *model.Codes) {
	asked := func(subject model.Subject) bool { return c.Subject == "" || c.Subject == subject }
	if orders.Lines != nil && asked(model.OfLine) && orders.Lines.Attributes[c.Attribute] != nil {
		return model.OfLine, orders.Lines.Attributes[c.Attribute]
	}
	if asked(model.OfOrder) && orders.Attributes[c.Attribute] != nil {
		return model.OfOrder, orders.Attributes[c.Attribute]
	}
	if customers != nil && asked(model.OfCustomer) {
		return model.OfCustomer, customers.Attributes[c.Attribute]
	}
	return "", nil
}

// wordCount is a value and how many rows have it.
type wordCount struct {
	word string
	rows int
}

// countWords counts values, the most frequent first.
func countWords(codes *model.Codes) []wordCount {
	all := make([]wordCount, len(codes.Words))
	for i, word := range codes.Words {
		all[i].word = word
	}
	for _, code := range codes.Code {
		all[code].rows++
	}
	all = slices.DeleteFunc(all, func(w wordCount) bool { return w.rows == 0 })
	slices.SortStableFunc(all, func(a, b wordCount) int { return cmp.Compare(b.rows, a.rows) })
	return all
}

// wordsTold is how many values are told of a column that may have millions.
const wordsTold = 8

// theWords writes values with how many rows have them: "usd 2, cad 1".
func theWords(counted []wordCount) string {
	var parts []string
	for _, w := range counted[:min(len(counted), wordsTold)] {
		parts = append(parts, cmp.Or(w.word, catalogue.T("(empty)"))+" "+words.Count(int64(w.rows)))
	}
	if more := len(counted) - wordsTold; more > 0 {
		parts = append(parts, catalogue.T("and {more} others", "more", words.Count(int64(more))))
	}
	return strings.Join(parts, ", ")
}

// meant guesses which of the values a condition means.
func meant(c model.Condition, counted []wordCount) string {
	for _, v := range c.Values {
		for _, w := range counted {
			if strings.EqualFold(strings.TrimSpace(v), strings.TrimSpace(w.word)) {
				return catalogue.T("did you mean {attribute}={value}?", "attribute", c.Attribute, "value", w.word)
			}
		}
	}
	return catalogue.T("write the value as it is in the file")
}
