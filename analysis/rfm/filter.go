package rfm

import (
	"slices"
	"strings"

	"strata/model"
)

// filter is a list of conditions made ready for millions of rows: each is a
// lookup by dictionary code, so that no text is compared.
type filter struct {
	ofOrder    []condition
	ofCustomer []condition
	ofLine     []condition
	places     []int // of those on lines in the list
}

type condition struct {
	code   []uint32 // of each row
	admits []bool   // by code
}

// newFilter finds the attribute of every condition. A value that no row has is
// no error, but warned about.
func newFilter(orders *model.Orders, customers *model.Customers, where []model.Condition) (filter, []model.Warning, error) {
	var f filter
	var warnings []model.Warning
	for place, w := range where {
		codes, subject, err := attribute(orders, customers, w)
		if err != nil {
			return f, nil, err
		}
		switch subject {
		case model.OfOrder:
			f.ofOrder = append(f.ofOrder, newCondition(codes, w))
		case model.OfLine:
			f.ofLine = append(f.ofLine, newCondition(codes, w))
			f.places = append(f.places, place)
		default:
			f.ofCustomer = append(f.ofCustomer, newCondition(codes, w))
		}
		for _, v := range w.Values {
			if v != "" && !slices.Contains(codes.Words, v) {
				warnings = append(warnings, warningf("unknown-value", "no %s has %q in %q", subject, v, w.Attribute))
			}
		}
	}
	return f, warnings, nil
}

// attribute returns the attribute that a condition names and what it is of.
func attribute(orders *model.Orders, customers *model.Customers, w model.Condition) (*model.Codes, model.Subject, error) {
	of := []struct {
		subject    model.Subject
		plural     string
		attributes map[string]*model.Codes
	}{{model.OfOrder, "orders", orders.Attributes}, {model.OfCustomer, "customers", nil}, {model.OfLine, "lines", nil}}
	if customers != nil {
		of[1].attributes = customers.Attributes
	}
	if orders.Lines != nil {
		of[2].attributes = orders.Lines.Attributes
	}
	var codes *model.Codes
	var subject model.Subject
	var having, named []string // the subjects that have it, and the name of each
	for _, s := range of {
		found := s.attributes[w.Attribute]
		if found == nil || w.Subject != "" && w.Subject != s.subject {
			continue
		}
		codes, subject = found, s.subject
		having, named = append(having, s.plural), append(named, string(s.subject)+"."+w.Attribute)
	}
	switch len(having) {
	case 0:
		return nil, "", model.Errorf(model.NotFound, "filter %q: there is no attribute %q", w, w.Attribute).
			WithHint("use the name of a column kept from an imported file")
	case 1:
		return codes, subject, nil
	}
	return nil, "", model.Errorf(model.Usage, "filter %q: %s have %q", w, strings.Join(having, " and "), w.Attribute).
		WithHint("write %s", oneOf(named))
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

func all(conditions []condition, row int) bool {
	for _, c := range conditions {
		if !c.admits[c.code[row]] {
			return false
		}
	}
	return true
}
