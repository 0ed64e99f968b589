package session

import (
	"context"
	"slices"
	"strings"

	"strata/model"
)

// columnsFor loads the orders with what a spec asks of them and of their lines, and
// the customers if it asks anything of those. The names of its conditions become
// exact.
func columnsFor(ctx context.Context, store model.Store, spec *model.Spec) (orders *model.Orders, customers *model.Customers, err error) {
	attributes, err := store.Attributes(ctx)
	if err != nil {
		return nil, nil, err
	}
	named, err := conditionAttributes(spec, attributes)
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

// conditionAttributes finds the attributes that the conditions of spec name,
// whatever their case, and puts the exact names into spec.
func conditionAttributes(spec *model.Spec, attributes []model.Attribute) (map[model.Subject][]string, error) {
	named := map[model.Subject][]string{}
	where := slices.Clone(spec.Where)
	for i, c := range where {
		found := false
		for _, a := range attributes {
			if c.Subject != "" && c.Subject != a.Subject || !strings.EqualFold(a.Name, c.Attribute) {
				continue
			}
			found = true
			where[i].Attribute = a.Name
			named[a.Subject] = append(named[a.Subject], a.Name)
		}
		if !found {
			return nil, unknownAttribute(c, attributes)
		}
	}
	spec.Where = where
	return named, nil
}

func unknownAttribute(c model.Condition, attributes []model.Attribute) error {
	var names []string
	for _, a := range attributes {
		if c.Subject != "" && c.Subject != a.Subject || slices.Contains(names, a.Name) {
			continue
		}
		names = append(names, a.Name)
	}
	of := ""
	if c.Subject != "" {
		of = " of " + string(c.Subject) + "s"
	}
	err := model.Errorf(model.Usage, "no column %q%s to filter by", c.Attribute, of)
	if len(names) == 0 {
		return err.WithHint("the workspace has kept no other columns%s", of)
	}
	return err.WithHint("there are: %s", strings.Join(names, ", "))
}

// WhereWords tells the conditions of a spec, of which those at the places ofLines
// are on lines: "Country=Germany", "lines with StockCode = 85123A".
func WhereWords(spec model.Spec, ofLines []int) []string {
	var words []string
	for i, c := range spec.Where {
		if slices.Contains(ofLines, i) {
			words = append(words, "lines with "+c.Words())
		} else {
			words = append(words, c.String())
		}
	}
	return words
}
