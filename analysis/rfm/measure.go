package rfm

import (
	"context"

	"strata/model"
)

// Base is what [Measure] found: one row per tiered customer, ascending by
// customer ordinal. The columns run parallel and must not be changed.
type Base struct {
	Spec model.Spec
	AsOf model.Day // the day looked back from: Spec.AsOf, or the default

	Customer  []int32 // ordinal in the workspace
	Recency   []int32 // whole days from the last order to AsOf, >= 1
	Frequency []int32 // by Spec.Frequency: a count, or ten-thousandths per month
	Monetary  []int64 // by Spec.Monetary, ten-thousandths of currency
	Orders    []int32 // orders in the window, >= 1; Frequency itself when that counts orders
	Revenue   []int64 // ten-thousandths of currency; Monetary itself when that is the sum

	Total     Flow // customers and revenue of all rows
	NotTiered Flow // customers within the filter without an order under the policies, and their value
	Unseen    int  // orders within the filter on or after AsOf
	Warnings  []model.Warning
}

// Len returns the number of tiered customers.
func (b *Base) Len() int { return len(b.Customer) }

// LastOrder returns the day of the last order of row i.
func (b *Base) LastOrder(i int) model.Day { return b.AsOf - model.Day(b.Recency[i]) }

// Measure measures every customer of a workspace under spec. customers may be
// nil when spec has no condition on a customer attribute; the attributes that
// conditions name must have been loaded with orders and customers.
//
// Every customer that passes the conditions is either a row of the Base or
// counted as not tiered. A condition on an order attribute leaves out the
// other orders, and customers without an order that meets it; it never moves
// the default as-of, which is the day after the last order of the whole
// workspace that counts under the policies.
//
// Errors: Usage for a spec that makes no sense (margin without a cost column,
// an ambiguous attribute), NotFound for an attribute that was not loaded,
// Empty when there is no order to take the as-of from, Invalid when a sum does
// not fit, Cancelled.
func Measure(ctx context.Context, orders *model.Orders, customers *model.Customers, spec model.Spec) (*Base, error) {
	return nil, nil
}
