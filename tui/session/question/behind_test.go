package question_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"strata/model"
	"strata/model/answer"
	"strata/tui/session"
	"strata/tui/session/memory"
	"strata/tui/session/question"
)

// Behind every figure that counts customers are as many people as it counts, of every
// question, for whomever it is asked, in strict and in rolling months.
func TestBehindEveryCountAreAsManyPeople(t *testing.T) {
	t.Parallel()
	on := standing(t)
	for _, asked := range []struct {
		slug   string
		chosen question.Chosen
	}{
		{"cohort", question.Chosen{"value": "customers"}},
		{"cohort", question.Chosen{"value": "customers", "variant": "rolling"}},
		{"cohort", question.Chosen{"value": "customers", "tier": "each"}},
		{"cohort", question.Chosen{"value": "customers", "tier": "low", "variant": "rolling"}},
		{"cohort", question.Chosen{"value": "customers", "tier": "mid"}},
		{"share", question.Chosen{}},
		{"cross", question.Chosen{"value": "customers"}},
	} {
		compared := 0
		d, views := shown(t, on, asked.slug, asked.chosen)
		for _, v := range views {
			compared += compareCounts(t, d, v, asked.chosen["tier"] != "each")
		}
		if compared < 10 {
			t.Errorf("%s %v: only %d figures were compared", asked.slug, asked.chosen, compared)
		}
	}
}

// standing is the scheme ten on a few hundred random customers.
func standing(t *testing.T) *session.Standing {
	t.Helper()
	s, err := session.New(t.Context(), memory.New(7, 300))
	if err != nil {
		t.Fatal(err)
	}
	on, _, err := s.Standing(t.Context(), model.Ten())
	if err != nil {
		t.Fatal(err)
	}
	return on
}

// shown is the answer to a question, and the tables of it that people see.
func shown(t *testing.T, on *session.Standing, slug string, chosen question.Chosen) (d *answer.Document, views []answer.View) {
	t.Helper()
	var err error
	for _, q := range question.All() {
		if q.Slug != slug {
			continue
		}
		d, err = q.Ask(t.Context(), on, chosen)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range d.Parts(answer.Terminal) {
			if table, ok := part.Value.(*answer.Table); ok {
				views = append(views, table.In(answer.Terminal))
			}
		}
	}
	if len(views) == 0 {
		t.Fatalf("%s shows no table", slug)
	}
	return d, views
}

// compareCounts looks behind each whole number of a table, and returns how many there are.
// Unless two rows have one name, its people are found by the names of row and column, too.
func compareCounts(t *testing.T, d *answer.Document, v answer.View, named bool) (compared int) {
	t.Helper()
	for row := range v.Len() {
		for column, head := range v.Heads {
			crowd := v.Behind(row, column)
			text := v.At(row, column).Plain()
			want, err := strconv.Atoi(text)
			if crowd == nil || err != nil || strings.Contains(head.Title, "order") {
				continue
			}
			people, err := crowd.Customers(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if len(people) != want {
				t.Errorf("%s, %s: %d people are behind %d", crowd.Title, head.Title, len(people), want)
			}
			if !named {
				compared++
				continue
			}
			cell := strings.ToUpper(strings.TrimSpace(v.At(row, 0).Plain())) + ", " + head.Title
			called, err := question.People(d, cell)
			if err != nil {
				t.Fatal(err)
			}
			if same, err := called.Customers(t.Context()); err != nil || !slices.Equal(same, people) {
				t.Errorf("%s: %d people by name, %d on the screen, %v", cell, len(same), len(people), err)
			}
			compared++
		}
	}
	return compared
}
