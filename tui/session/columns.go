package session

import (
	"context"
	"slices"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// columnsFor loads the orders with what a spec asks of them and of their lines, and
// the customers if it asks anything of those. The names of its conditions become
// exact.
func columnsFor(ctx context.Context, store model.Store, spec *model.Spec) (orders *model.Orders, customers *model.Customers, err error) {
	columns, err := columnsOf(ctx, store)
	if err != nil {
		return nil, nil, err
	}
	named, err := columns.ask(spec)
	if err != nil {
		return nil, nil, err
	}
	if orders, err = store.Orders(ctx, named[model.OfOrder]...); err != nil {
		return nil, nil, err
	}
	if len(named[model.OfCustomer]) > 0 {
		if customers, err = store.Customers(ctx, named[model.OfCustomer]...); err != nil {
			return nil, nil, err
		}
	}
	// Where returned value is left out, so is the cost of what was returned, and
	// only lines tell the two apart.
	if len(named[model.OfLine]) > 0 || spec.Monetary == model.MonetaryMargin && spec.Returns == model.ReturnsIgnore {
		with := *orders
		if with.Lines, err = store.Lines(ctx, named[model.OfLine]...); err != nil {
			return nil, nil, err
		}
		orders = &with
	}
	return orders, customers, nil
}

// OnlyWords tells the filter of a spec as the heads of answers do: "only
// Country=Germany and lines with StockCode = 85123A"; "" without one.
func OnlyWords(spec model.Spec, ofLines []int) string {
	if len(spec.Where) == 0 {
		return ""
	}
	return catalogue.T("only {conditions}", "conditions", words.And(WhereWords(spec, ofLines)))
}

// WhereWords tells the conditions of a spec, of which those at the places ofLines
// are on lines: "Country=Germany", "lines with StockCode = 85123A".
func WhereWords(spec model.Spec, ofLines []int) []string {
	var words []string
	for i, c := range spec.Where {
		if slices.Contains(ofLines, i) {
			words = append(words, catalogue.T("lines with {condition}", "condition", c.Words()))
		} else {
			words = append(words, c.String())
		}
	}
	return words
}
