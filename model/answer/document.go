package answer

import (
	"slices"
	"strings"

	"strata/model"
)

// Document is an answer. Its order is that of JSON, and of a page from top to
// bottom. It has no layout.
type Document struct {
	Title string // of a page
	Bare  bool   // JSON is its one table itself
	Flat  string // the key of the table that CSV is

	parts []Part
}

// Part is something told under a key, or said to people.
type Part struct {
	Key string
	In  Medium
	// Value is a [Value], a list of them, a *[Document], a *[Table], a [Paragraph], a
	// [Listing], a *[Chart], or in JSON what encodes itself.
	Value  any
	Joined bool // it belongs to what people are told before it
}

// Paragraph is said to people, line by line.
type Paragraph []string

// Listing is a file, line by line as it stands.
type Listing []string

// Parts are what a medium sees, in order.
func (d *Document) Parts(m Medium) []Part {
	var all []Part
	for _, p := range d.parts {
		if p.In&m != 0 {
			all = append(all, p)
		}
	}
	return all
}

// Again returns the document with its tables [Table.Again].
func (d *Document) Again() *Document {
	other := *d
	other.parts = slices.Clone(d.parts)
	for i, p := range other.parts {
		if t, ok := p.Value.(*Table); ok {
			other.parts[i].Value = t.Again()
		}
	}
	return &other
}

// Field tells one value to programs; people read it in a sentence.
func (d *Document) Field(key string, v Value) *Document { return d.add(key, JSON, v) }

// List tells values to programs.
func (d *Document) List(key string, of []Value) *Document { return d.add(key, JSON, of) }

// Group tells several things under one key; nil is null.
func (d *Document) Group(key string, of *Document) *Document { return d.add(key, JSON, of) }

// Encoded tells what writes itself as JSON.
func (d *Document) Encoded(key string, v any) *Document { return d.add(key, JSON, v) }

// Say says lines to people, which belong together.
func (d *Document) Say(lines ...string) *Document { return d.SayIn(People, lines...) }

// SayIn says lines to those people who read a medium.
func (d *Document) SayIn(m Medium, lines ...string) *Document { return d.add("", m, Paragraph(lines)) }

// File shows people a file.
func (d *Document) File(m Medium, text string) *Document {
	return d.add("", m, Listing(strings.Split(strings.TrimSuffix(text, "\n"), "\n")))
}

// Joined says that the last part belongs to what people are told before it: text has
// no blank line between them.
func (d *Document) Joined() *Document {
	d.parts[len(d.parts)-1].Joined = true
	return d
}

// Table tells rows.
func (d *Document) Table(t *Table, in Medium) *Document { return d.add(t.Key, in, t) }

// Warnings tells what to know about the figures. People are told apart from the
// answer.
func (d *Document) Warnings(all []model.Warning) *Document {
	return d.add("warnings", JSON, append([]model.Warning{}, all...))
}

// Cautions returns what [Document.Warnings] was given.
func (d *Document) Cautions() []model.Warning {
	for _, p := range d.parts {
		if all, ok := p.Value.([]model.Warning); ok {
			return all
		}
	}
	return nil
}

func (d *Document) add(key string, in Medium, v any) *Document {
	d.parts = append(d.parts, Part{Key: key, In: in, Value: v})
	return d
}

// FlatTable is the table that CSV is; nil where there is none.
func (d *Document) FlatTable() *Table {
	for _, p := range d.Parts(CSV) {
		if t, ok := p.Value.(*Table); ok && t.Key == d.Flat {
			return t
		}
	}
	return nil
}

// Fields tells one row as the fields of an object, as a row of a table is told.
func Fields[R any](row R, columns []Column[R]) *Document {
	d := new(Document)
	for _, c := range columns {
		switch {
		case c.In&JSON == 0:
		case c.Object != nil:
			d.Group(c.Key, c.Object(row))
		case c.List != nil:
			d.List(c.Key, c.List(row))
		case c.Encoded != nil:
			d.Encoded(c.Key, c.Encoded(row))
		default:
			if v := c.Of(row); !c.Optional || !v.Missing() {
				d.Field(c.Key, v)
			}
		}
	}
	return d
}
