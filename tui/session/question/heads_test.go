package question_test

import (
	"testing"

	"strata/model/answer"
	"strata/tui/session/question"
)

// No two columns of a table that people see have one title, nor the same short one: who
// reads "share" twice cannot know of what.
func TestHeadsOfATableDiffer(t *testing.T) {
	t.Parallel()
	on := standing(t)
	looked := 0
	for _, q := range question.All() {
		for _, o := range append(q.Options, question.Option{}) {
			for _, said := range append(o.Choices, "") {
				chosen := question.Chosen{}
				if said != "" {
					chosen[o.Name] = said
				}
				d, err := q.Ask(t.Context(), on, chosen)
				if err != nil {
					t.Fatalf("%s %v: %v", q.Slug, chosen, err)
				}
				for _, medium := range []answer.Medium{answer.Terminal, answer.Screen} {
					for _, part := range d.Parts(medium) {
						if table, ok := part.Value.(*answer.Table); ok {
							looked++
							checkHeads(t, q.Slug, table.In(medium))
						}
					}
				}
			}
		}
	}
	if looked < 50 {
		t.Errorf("only %d tables were looked at", looked)
	}
}

func checkHeads(t *testing.T, slug string, v answer.View) {
	t.Helper()
	titles, short := map[string]bool{}, map[string]bool{}
	for _, h := range v.Heads {
		narrow := h.Short
		if narrow == "" {
			narrow = h.Title
		}
		if titles[h.Title] || short[narrow] {
			t.Errorf("%s, %s: two columns are called %q or %q", slug, v.Key, h.Title, narrow)
		}
		titles[h.Title], short[narrow] = true, true
	}
}
