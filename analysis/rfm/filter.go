package rfm

import (
	"slices"

	"strata/model"
)

// filter is a list of conditions made ready for millions of rows: each is a
// lookup by dictionary code, so that no text is compared.
type filter struct {
	ofOrder    []condition
	ofCustomer []condition
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
	for _, w := range where {
		codes, subject, err := attribute(orders, customers, w)
		if err != nil {
			return f, nil, err
		}
		if subject == model.OfOrder {
			f.ofOrder = append(f.ofOrder, newCondition(codes, w))
		} else {
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
	if w.Subject != "" && w.Subject != model.OfOrder && w.Subject != model.OfCustomer {
		return nil, "", model.Errorf(model.Usage, "filter %q: only orders and customers can be filtered", w).
			WithHint("start the name with order. or customer.")
	}
	var ofOrder, ofCustomer *model.Codes
	if w.Subject != model.OfCustomer {
		ofOrder = orders.Attributes[w.Attribute]
	}
	if w.Subject != model.OfOrder && customers != nil {
		ofCustomer = customers.Attributes[w.Attribute]
	}
	switch {
	case ofOrder != nil && ofCustomer != nil:
		return nil, "", model.Errorf(model.Usage, "filter %q: both orders and customers have %q", w, w.Attribute).
			WithHint("write order.%s or customer.%s", w.Attribute, w.Attribute)
	case ofOrder != nil:
		return ofOrder, model.OfOrder, nil
	case ofCustomer != nil:
		return ofCustomer, model.OfCustomer, nil
	}
	return nil, "", model.Errorf(model.NotFound, "filter %q: there is no attribute %q", w, w.Attribute).
		WithHint("use the name of a column kept from an imported file")
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
