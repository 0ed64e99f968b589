package session

import (
	"context"
	"slices"

	"strata/model/answer"
)

// Selection is customers that no query names: those behind a figure of an answer. It
// is immutable, and found when they are listed.
type Selection struct{ crowd *answer.Crowd }

// Behind returns the query for the customers behind a figure.
func Behind(crowd *answer.Crowd) PeopleQuery {
	return PeopleQuery{Title: crowd.Title, Only: &Selection{crowd}}
}

// admits returns whether a customer, by ordinal, is one of them. No selection admits
// everybody. Errors: those of finding them.
func (s *Selection) admits(ctx context.Context) (func(customer int32) bool, error) {
	if s == nil {
		return func(int32) bool { return true }, nil
	}
	ordinals, err := s.crowd.Customers(ctx)
	return func(customer int32) bool {
		_, found := slices.BinarySearch(ordinals, customer)
		return found
	}, err
}
