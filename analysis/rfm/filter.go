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
	var ofCustomer map[string]*model.Codes
	if customers != nil {
		ofCustomer = customers.Attributes
	}
	for _, w := range where {
		onOrder, onCustomer := orders.Attributes[w.Attribute], ofCustomer[w.Attribute]
		switch w.Subject {
		case model.OfOrder:
			onCustomer = nil
		case model.OfCustomer:
			onOrder = nil
		case "":
		default:
			return f, nil, model.Errorf(model.Usage, "filter %s: only orders and customers can be filtered", w).
				WithHint("start the name with order. or customer.")
		}
		switch {
		case onOrder != nil && onCustomer != nil:
			return f, nil, model.Errorf(model.Usage, "filter %s: both orders and customers have %q", w, w.Attribute).
				WithHint("write order.%s or customer.%s", w.Attribute, w.Attribute)
		case onOrder != nil:
			f.ofOrder = append(f.ofOrder, newCondition(onOrder, w))
		case onCustomer != nil:
			f.ofCustomer = append(f.ofCustomer, newCondition(onCustomer, w))
		default:
			return f, nil, model.Errorf(model.NotFound, "filter %s: there is no attribute %q", w, w.Attribute).
				WithHint("use the name of a column kept from an imported file")
		}
		codes := onOrder
		if codes == nil {
			codes = onCustomer
		}
		for _, v := range w.Values {
			if v != "" && !slices.Contains(codes.Words, v) {
				warnings = append(warnings, warningf("unknown-value", "no row has the value %q in %q", v, w.Attribute))
			}
		}
	}
	return f, warnings, nil
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
