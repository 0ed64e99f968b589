package rfm

import (
	"slices"

	"strata/model"
	"strata/model/words"
)

// filter is a list of conditions made ready for millions of rows: each is a
// lookup by dictionary code, so that no text is compared.
type filter struct {
	ofOrder    []condition
	ofCustomer []condition
	ofLine     []lineCondition
	places     []int // of those on lines in the list
}

type condition struct {
	code   []uint32 // of each row
	admits []bool   // by code
}

// lineCondition is a condition on lines. Where orders have a column of that name,
// too, a line without a value has that of its order: of several files, one may
// have the column the same on all lines of an order, and another not.
type lineCondition struct {
	condition
	ofOrder *condition // nil where orders have no such column
}

// newFilter finds the attribute of every condition. A value that no row has is
// no error, but warned about.
func newFilter(orders *model.Orders, customers *model.Customers, where []model.Condition) (filter, []model.Warning, error) {
	var f filter
	var warnings []model.Warning
	for place, w := range where {
		found, err := attributes(orders, customers, w)
		if err != nil {
			return f, nil, err
		}
		ofOrder, ofLine := found[model.OfOrder], found[model.OfLine]
		subject := model.OfCustomer
		switch {
		case ofLine != nil:
			subject = model.OfLine
			c := lineCondition{condition: newCondition(ofLine, w)}
			if ofOrder != nil {
				of := newCondition(ofOrder, w)
				c.ofOrder = &of
			}
			f.ofLine = append(f.ofLine, c)
			f.places = append(f.places, place)
		case ofOrder != nil:
			subject = model.OfOrder
			f.ofOrder = append(f.ofOrder, newCondition(ofOrder, w))
		default:
			f.ofCustomer = append(f.ofCustomer, newCondition(found[model.OfCustomer], w))
		}
		for _, v := range w.Values {
			if v != "" && !known(found, v) {
				warnings = append(warnings, warningf("unknown-value", "no {subject} has {value:q} in {attribute:q}", "subject", words.Subject(subject), "value", v, "attribute", w.Attribute))
			}
		}
	}
	return f, warnings, nil
}

// known reports whether any of the attributes has a value.
func known(found map[model.Subject]*model.Codes, value string) bool {
	for _, codes := range found {
		if slices.Contains(codes.Words, value) {
			return true
		}
	}
	return false
}

// attributes returns the attributes that a condition names, by what they are of:
// one, or those of orders and of lines.
func attributes(orders *model.Orders, customers *model.Customers, w model.Condition) (map[model.Subject]*model.Codes, error) {
	found := map[model.Subject]*model.Codes{}
	look := func(subject model.Subject, among map[string]*model.Codes) {
		if codes := among[w.Attribute]; codes != nil && (w.Subject == "" || w.Subject == subject) {
			found[subject] = codes
		}
	}
	look(model.OfOrder, orders.Attributes)
	if customers != nil {
		look(model.OfCustomer, customers.Attributes)
	}
	if orders.Lines != nil {
		look(model.OfLine, orders.Lines.Attributes)
	}
	switch {
	case len(found) == 0:
		return nil, model.Errorf(model.NotFound, "filter {condition:q}: there is no attribute {attribute:q}", "condition", w, "attribute", w.Attribute).
			WithHint("use the name of a column stored from an imported file")
	case found[model.OfCustomer] != nil && len(found) > 1:
		var subjects, names []string
		for _, s := range []model.Subject{model.OfOrder, model.OfLine, model.OfCustomer} {
			if found[s] != nil {
				subjects, names = append(subjects, words.Subjects(s)), append(names, string(s)+"."+w.Attribute)
			}
		}
		return nil, model.Errorf(model.Usage, "filter {condition:q}: {attribute:q} is a column of {subjects}", "condition", w, "subjects", words.And(subjects), "attribute", w.Attribute).
			WithHint("write {names}", "names", words.Or(names))
	}
	return found, nil
}

func newCondition(codes *model.Codes, w model.Condition) condition {
	admits := make([]bool, len(codes.Words))
	for code, word := range codes.Words {
		admits[code] = slices.Contains(w.Values, word) != w.Not
	}
	return condition{code: codes.Code, admits: admits}
}

// admitsOrder reports whether order i meets all conditions on orders.
func (f *filter) admitsOrder(i int) bool { return all(f.ofOrder, i) }

// admitsCustomer reports whether customer c meets all conditions on customers.
func (f *filter) admitsCustomer(c int) bool { return all(f.ofCustomer, c) }

// admitsLine reports whether line l of order i meets all conditions on lines.
func (f *filter) admitsLine(l, i int) bool {
	for _, c := range f.ofLine {
		switch code := c.code[l]; {
		case code == 0 && c.ofOrder != nil:
			if !c.ofOrder.admits[c.ofOrder.code[i]] {
				return false
			}
		case !c.admits[code]:
			return false
		}
	}
	return true
}

// decidesBare reports whether the conditions on lines decide on an order that has
// no lines: orders have all their columns, too.
func (f *filter) decidesBare() bool {
	return !slices.ContainsFunc(f.ofLine, func(c lineCondition) bool { return c.ofOrder == nil })
}

// admitsBare reports whether order i, which has no lines, meets all conditions on
// lines, where they decide on it.
func (f *filter) admitsBare(i int) bool {
	return f.decidesBare() && !slices.ContainsFunc(f.ofLine, func(c lineCondition) bool { return !c.ofOrder.admits[c.ofOrder.code[i]] })
}

func all(conditions []condition, row int) bool {
	for _, c := range conditions {
		if !c.admits[c.code[row]] {
			return false
		}
	}
	return true
}
