package sqlite

import (
	"slices"

	"strata/model"
)

// without returns an intake without some of its orders, their lines, and the
// customers who then have none. It shares what it can with in.
func without(in *model.Intake, leftOut []bool) (*model.Intake, error) {
	rest, err := ordersWithout(in, leftOut)
	if err != nil {
		return nil, err
	}
	customers := make([]int32, 0, in.Customers.Len()) // rest.OrderCustomer ascends
	for i, c := range rest.OrderCustomer {
		if len(customers) == 0 || customers[len(customers)-1] != c {
			customers = append(customers, c)
		}
		rest.OrderCustomer[i] = int32(len(customers) - 1)
	}
	rest.Customers = model.Strings{}
	if err := pickTexts(&rest.Customers, &in.Customers, customers); err != nil {
		return nil, err
	}
	rest.CustomerAttributes = pickedAttributes(in.CustomerAttributes, customers)
	return rest, nil
}

// ordersWithout returns an intake without some of its orders and their lines, but
// with all its customers.
func ordersWithout(in *model.Intake, leftOut []bool) (*model.Intake, error) {
	kept := make([]int32, 0, len(leftOut))
	for i, out := range leftOut {
		if !out {
			kept = append(kept, int32(i))
		}
	}
	rest := &model.Intake{
		Source: in.Source, Currency: in.Currency, Overlap: in.Overlap, Rejects: in.Rejects,
		NumbersRestart: in.NumbersRestart, ValueOnce: in.ValueOnce, Customers: in.Customers, CustomerAttributes: in.CustomerAttributes,
		OrderCustomer: picked(in.OrderCustomer, kept),
		OrderDay:      picked(in.OrderDay, kept), OrderValue: picked(in.OrderValue, kept), OrderReturned: picked(in.OrderReturned, kept),
		OrderFlags: picked(in.OrderFlags, kept), OrderLines: picked(in.OrderLines, kept), OrderCost: picked(in.OrderCost, kept),
		OrderAttributes: pickedAttributes(in.OrderAttributes, kept),
	}
	if err := pickTexts(&rest.OrderKeys, &in.OrderKeys, kept); err != nil {
		return nil, err
	}
	if in.Lines != nil {
		rest.Lines = linesWithout(in.Lines, leftOut)
	}
	return rest, nil
}

// linesWithout leaves out the lines of some orders, and numbers the others'
// orders anew.
func linesWithout(lines *model.IntakeLines, leftOut []bool) *model.IntakeLines {
	number := make([]int32, len(leftOut))
	next := int32(0)
	for i, out := range leftOut {
		number[i] = next
		if !out {
			next++
		}
	}
	var kept []int32
	rest := &model.IntakeLines{Order: []int32{}}
	for i, order := range lines.Order {
		if !leftOut[order] {
			kept = append(kept, int32(i))
			rest.Order = append(rest.Order, number[order])
		}
	}
	rest.Quantity, rest.Price, rest.Amount = picked(lines.Quantity, kept), picked(lines.Price, kept), picked(lines.Amount, kept)
	rest.Cost, rest.Refund, rest.Flags = picked(lines.Cost, kept), picked(lines.Refund, kept), picked(lines.Flags, kept)
	rest.Attributes = pickedAttributes(lines.Attributes, kept)
	return rest
}

// picked returns some rows of a column; nil of one that is nil.
func picked[T any](column []T, rows []int32) []T {
	if column == nil {
		return nil
	}
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = column[row]
	}
	return out
}

// pickTexts adds some rows of a column of texts to another; none of an empty
// column.
func pickTexts(to, from *model.Strings, rows []int32) error {
	if from.Len() == 0 {
		return nil
	}
	for _, row := range rows {
		if err := to.Append(from.Slice(int(row))); err != nil {
			return err
		}
	}
	return nil
}

func pickedAttributes(all []model.IntakeAttribute, rows []int32) []model.IntakeAttribute {
	out := slices.Clone(all)
	for i := range out {
		out[i].Codes.Code = picked(out[i].Codes.Code, rows)
	}
	return out
}
