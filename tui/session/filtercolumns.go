package session

import (
	"context"
	"slices"
	"strings"

	"strata/importer"
	"strata/importer/mapping"
	"strata/model"
	"strata/model/words"
)

// Columns are the columns of a workspace that can be filtered by. A nil one knows
// none.
type Columns struct {
	attributes []model.Attribute
	renamed    map[string][]string // names that imports gave columns, by the header in lower case
}

// Columns returns the columns that the workspace can be filtered by. Errors: those
// of reading it.
func (s *Session) Columns(ctx context.Context) (*Columns, error) { return columnsOf(ctx, s.store) }

// Columns returns the columns that the workspace can be filtered by. Errors: those
// of reading it.
func (b *Bench) Columns(ctx context.Context) (*Columns, error) { return b.session.Columns(ctx) }

func columnsOf(ctx context.Context, store model.Store) (*Columns, error) {
	attributes, err := store.Attributes(ctx)
	if err != nil {
		return nil, err
	}
	sources, err := store.Sources(ctx)
	if err != nil {
		return nil, err
	}
	c := &Columns{attributes: attributes, renamed: map[string][]string{}}
	for _, source := range sources {
		o, err := importer.ParsePlan(source.Plan)
		if err != nil {
			continue // of another version; its columns have their names all the same
		}
		for field, header := range o.Map {
			if _, name, err := mapping.ParseField(field); err == nil && name != "" {
				header = strings.ToLower(header)
				c.renamed[header] = append(c.renamed[header], name)
			}
		}
	}
	return c, nil
}

// named returns the columns that a condition names, whatever its case: by their
// name; else by what they were recognised as; else by their header, where an
// import gave them another name. They have one name, of one or several subjects.
// Error: Usage where there is none, or where several are meant.
func (c *Columns) named(w model.Condition) ([]model.Attribute, error) {
	other := c.renamed[strings.ToLower(w.Attribute)]
	for _, means := range []func(model.Attribute) bool{
		func(a model.Attribute) bool { return strings.EqualFold(a.Name, w.Attribute) },
		func(a model.Attribute) bool { return a.Field != "" && strings.EqualFold(a.Field, w.Attribute) },
		func(a model.Attribute) bool { return slices.Contains(other, a.Name) },
	} {
		var found []model.Attribute
		var names []string
		for _, a := range c.attributes {
			if !means(a) || w.Subject != "" && w.Subject != a.Subject {
				continue
			}
			found = append(found, a)
			if !slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, a.Name) }) {
				names = append(names, a.Name)
			}
		}
		if len(names) > 1 {
			return nil, model.Errorf(model.Usage, "several columns are a {attribute}: {names}", "attribute", w.Attribute, "names", strings.Join(names, ", ")).
				WithHint("filter by the name of one of them")
		}
		if found != nil {
			return found, nil
		}
	}
	return nil, c.unknown(w)
}

// Check finds out whether a condition names a column. Error: Usage.
func (c *Columns) Check(w model.Condition) error {
	_, err := c.named(w)
	return err
}

func (c *Columns) unknown(w model.Condition) error {
	var names, told []string
	for _, a := range c.attributes {
		if w.Subject != "" && w.Subject != a.Subject || slices.Contains(names, a.Name) {
			continue
		}
		names = append(names, a.Name)
		if a.Field != "" && !strings.EqualFold(a.Field, a.Name) {
			a.Name += " (" + a.Field + ")"
		}
		told = append(told, a.Name)
	}
	err := model.Errorf(model.Usage, "no column {attribute:q} to filter by", "attribute", w.Attribute)
	if w.Subject != "" {
		err = model.Errorf(model.Usage, "no column {attribute:q} of {subjects} to filter by", "attribute", w.Attribute, "subjects", words.Subjects(w.Subject))
	}
	switch {
	case len(names) == 0 && w.Subject != "":
		return err.WithHint("the workspace has stored no other columns of {subjects}", "subjects", words.Subjects(w.Subject))
	case len(names) == 0:
		return err.WithHint("the workspace has stored no other columns")
	}
	return err.WithHint("there are: {columns}", "columns", strings.Join(told, ", "))
}

// ask finds the attributes that the conditions of spec name, and puts their exact
// names into spec.
func (c *Columns) ask(spec *model.Spec) (map[model.Subject][]string, error) {
	asked := map[model.Subject][]string{}
	where := slices.Clone(spec.Where)
	for i, w := range where {
		found, err := c.named(w)
		if err != nil {
			return nil, err
		}
		for _, a := range found {
			where[i].Attribute = a.Name
			asked[a.Subject] = append(asked[a.Subject], a.Name)
		}
	}
	spec.Where = where
	return asked, nil
}

// Replace puts conditions in the place of those in force on the same columns, and
// behind those on others, which stay. Several given on one column all hold.
func (c *Columns) Replace(inForce, given []model.Condition) []model.Condition {
	kept := slices.DeleteFunc(slices.Clone(inForce), func(old model.Condition) bool {
		return slices.ContainsFunc(given, func(w model.Condition) bool { return c.alike(old, w) })
	})
	return append(kept, given...)
}

// alike reports whether two conditions are on the same column.
func (c *Columns) alike(a, b model.Condition) bool {
	if strings.EqualFold(a.Attribute, b.Attribute) {
		return a.Subject == "" || b.Subject == "" || a.Subject == b.Subject
	}
	if c == nil {
		return false
	}
	ofA, err := c.named(a)
	if err != nil {
		return false // measuring tells
	}
	ofB, err := c.named(b)
	return err == nil && slices.ContainsFunc(ofA, func(a model.Attribute) bool { return slices.Contains(ofB, a) })
}
