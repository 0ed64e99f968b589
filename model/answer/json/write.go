// Package json writes answers as JSON: fields in their order under their keys, tables
// as arrays of objects, money as decimal strings, what is missing as null, and what could
// control a terminal as \u….
package json

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"strata/model/answer"
)

// Write writes a document; a table that is all of it, row by row. Errors are those
// of w.
func Write(w io.Writer, d *answer.Document) error {
	out := bufio.NewWriter(w)
	var err error
	if d.Bare {
		err = rows(out, d)
	} else {
		var text []byte
		if text, err = document(d); err == nil {
			err = indented(out, text)
		}
	}
	if err != nil {
		return err
	}
	if _, err := out.WriteString("\n"); err != nil {
		return err
	}
	return out.Flush()
}

// rows writes the table that a document is, one row after the other.
func rows(out *bufio.Writer, d *answer.Document) error {
	parts := d.Parts(answer.JSON)
	t, ok := parts[0].Value.(*answer.Table)
	if !ok || len(parts) > 1 {
		return fmt.Errorf("%q is no table, or not all there is", parts[0].Key)
	}
	view := t.In(answer.JSON)
	if view.Len() == 0 {
		_, err := out.WriteString("[]")
		return err
	}
	names := make([]string, len(view.Heads))
	for c, head := range view.Heads {
		name, err := quoted(head.Key)
		if err != nil {
			return err
		}
		names[c] = "\n    " + string(name) + ": "
	}
	var b bytes.Buffer
	between := "[\n  "
	for i := range view.Len() {
		b.Reset()
		b.WriteString(between)
		if err := spread(&b, view, i, names); err != nil {
			return err
		}
		if _, err := out.Write(Escaped(b.Bytes())); err != nil {
			return err
		}
		between = ",\n  "
	}
	_, err := out.WriteString("\n]")
	return err
}

// spread writes a row over lines, as [json.Indent] would, which takes longer than all
// else for a list of a million rows.
func spread(b *bytes.Buffer, view answer.View, i int, names []string) error {
	between := byte('{')
	for c := range view.Heads {
		text, nested, err := cell(view, i, c)
		if err != nil {
			return err
		}
		if text == nil {
			continue
		}
		b.WriteByte(between)
		b.WriteString(names[c])
		between = ','
		if !nested {
			b.Write(text)
		} else if err := json.Indent(b, text, "    ", "  "); err != nil {
			return err
		}
	}
	if between == '{' {
		b.WriteString("{}")
	} else {
		b.WriteString("\n  }")
	}
	return nil
}

func indented(out *bufio.Writer, text []byte) error {
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		return err
	}
	_, err := out.Write(Escaped(b.Bytes()))
	return err
}

func document(d *answer.Document) ([]byte, error) {
	if d == nil {
		return []byte("null"), nil
	}
	var o object
	for _, p := range d.Parts(answer.JSON) {
		text, err := encoded(p.Value)
		if err != nil {
			return nil, err
		}
		if err := o.put(p.Key, text); err != nil {
			return nil, err
		}
	}
	return o.end(), nil
}

func encoded(v any) ([]byte, error) {
	switch v := v.(type) {
	case answer.Value:
		return value(v)
	case []answer.Value:
		return array(len(v), func(i int) ([]byte, error) { return value(v[i]) })
	case *answer.Document:
		return document(v)
	case *answer.Table:
		view := v.In(answer.JSON)
		return array(view.Len(), func(i int) ([]byte, error) { return row(view, i) })
	}
	return marshalled(v)
}

func array(n int, at func(int) ([]byte, error)) ([]byte, error) {
	out := []byte{'['}
	for i := range n {
		text, err := at(i)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, text...)
	}
	return append(out, ']'), nil
}

func row(v answer.View, i int) ([]byte, error) {
	var o object
	for c, head := range v.Heads {
		text, _, err := cell(v, i, c)
		if err != nil {
			return nil, err
		}
		if text == nil {
			continue
		}
		if err := o.put(head.Key, text); err != nil {
			return nil, err
		}
	}
	return o.end(), nil
}

// cell tells one value of a row, and whether it may be more than one; nil for one that
// is left out.
func cell(v answer.View, i, c int) (text []byte, nested bool, err error) {
	if of := v.Nested(i, c); of != nil {
		text, err = encoded(of)
		return text, true, err
	}
	one := v.At(i, c)
	if v.Heads[c].Optional && one.Missing() {
		return nil, false, nil
	}
	text, err = value(one)
	return text, false, err
}

func value(v answer.Value) ([]byte, error) {
	if v.Missing() {
		return []byte("null"), nil
	}
	if f, ok := v.Float(); ok {
		return json.Marshal(f)
	}
	if v.IsString() {
		return quoted(v.Plain())
	}
	return []byte(v.Plain()), nil
}

// quoted is a text in JSON. Most have nothing to escape, and lists have many.
func quoted(s string) ([]byte, error) {
	if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == '"' || r == '\\' || r > '~' }) {
		return marshalled(s)
	}
	return append(append(append(make([]byte, 0, len(s)+2), '"'), s...), '"'), nil
}

// marshalled is json.Marshal, but < and & stay as they are.
func marshalled(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// object is fields one after the other.
type object struct{ text []byte }

func (o *object) put(key string, text []byte) error {
	name, err := quoted(key)
	if err != nil {
		return err
	}
	before := byte(',')
	if len(o.text) == 0 {
		before = '{'
	}
	o.text = append(append(append(append(o.text, before), name...), ':'), text...)
	return nil
}

func (o *object) end() []byte {
	if len(o.text) == 0 {
		return []byte("{}")
	}
	return append(o.text, '}')
}
