package schemefile

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/yamltext"
)

// node is a place in a scheme's text: a value, with the key it is under.
type node struct {
	ast.Node
	key string
}

// parse reads YAML and returns its only document.
func parse(text []byte) (node, error) {
	file, err := yamltext.Parse(text)
	if err != nil {
		return node{}, model.Errorf(model.Invalid, "{cause}", "cause", err)
	}
	switch {
	case len(file.Docs) == 0 || file.Docs[0].Body == nil:
		return node{}, model.Errorf(model.Invalid, "line 1, column 1: there is no scheme").WithHint("begin with scheme: NAME")
	case len(file.Docs) > 1 && file.Docs[1].Body != nil:
		return node{}, node{Node: file.Docs[1].Body}.wrong("there are several documents").WithHint("put one scheme in a file")
	}
	return node{Node: file.Docs[0].Body, key: "scheme"}, nil
}

// wrong says what is wrong with a value, and where it stands.
func (n node) wrong(entry string, named ...any) *model.Error {
	line, column := 1, 1
	if at := n.start(); at != nil && at.Position != nil {
		line, column = at.Position.Line, at.Position.Column
	}
	return model.Errorf(model.Invalid, "line {line}, column {column}: {problem}", "line", line, "column", column, "problem", catalogue.T(entry, named...), catalogue.Cause, catalogue.CauseOf(named))
}

// start returns the token a value begins with. The parser gives a mapping that
// stands on lines of its own the first colon.
func (n node) start() *token.Token {
	if mapping, ok := n.Node.(*ast.MappingNode); ok && !mapping.IsFlowStyle && len(mapping.Values) > 0 {
		return mapping.Values[0].Key.GetToken()
	}
	if pair, ok := n.Node.(*ast.MappingValueNode); ok {
		return pair.Key.GetToken()
	}
	return n.GetToken()
}

// because is wrong with an error that says what, its hint included.
func (n node) because(err error) error {
	var e *model.Error
	if !errors.As(err, &e) {
		return n.wrong("{key}: {cause}", "key", n.key, "cause", err)
	}
	told := n.wrong("{key}: {message}", "key", n.key, "message", e.Message)
	told.Hint = e.Hint
	return told
}

// fields calls read with every key and value of a mapping. A key that is not
// among the known ones, or comes twice, is an error.
func (n node) fields(known []string, read func(field node) error) error {
	mapping, ok := n.Node.(ast.MapNode)
	if !ok {
		return n.wrong("{key} is not a mapping", "key", n.key).WithHint("write key: value, with {known}", "known", strings.Join(known, ", "))
	}
	seen := map[string]bool{}
	for pairs := mapping.MapRange(); pairs.Next(); {
		key := node{pairs.Key(), n.key}
		name, err := key.text()
		if err != nil {
			return err
		}
		if !slices.Contains(known, name) {
			return key.wrong("unknown key {name:q}", "name", name).WithHint("use one of {known}", "known", strings.Join(known, ", "))
		}
		if seen[name] {
			return key.wrong("the key {name:q} appears twice", "name", name)
		}
		seen[name] = true
		if err := read(node{pairs.Value(), name}); err != nil {
			return err
		}
	}
	return nil
}

// list returns the values of a list; a value alone is a list of one.
func (n node) list() []node {
	sequence, ok := n.Node.(*ast.SequenceNode)
	if !ok {
		return []node{n}
	}
	all := make([]node, len(sequence.Values))
	for i, value := range sequence.Values {
		all[i] = node{value, n.key}
	}
	return all
}

// text returns a value as it is written, without its quotes, so that no float
// comes between a number and its digits.
func (n node) text() (string, error) {
	switch v := n.Node.(type) {
	case *ast.StringNode:
		return v.Value, nil
	case *ast.LiteralNode:
		return v.Value.Value, nil
	case *ast.NullNode:
		return "", nil
	case *ast.AliasNode, *ast.AnchorNode, *ast.TagNode, *ast.MergeKeyNode:
		return "", n.wrong("{key}: anchors and tags are not allowed in a scheme", "key", n.key).WithHint("quote a text that begins with *, & or !")
	case ast.ScalarNode:
		return n.GetToken().Value, nil
	}
	return "", n.wrong("{key} is not a single value", "key", n.key)
}

// integer returns a whole number.
func (n node) integer() (int, error) {
	text, err := n.text()
	if err != nil {
		return 0, err
	}
	i, err := strconv.Atoi(text)
	if err != nil {
		return 0, n.wrong("{key}: {text:q} is not a whole number", "key", n.key, "text", text)
	}
	return i, nil
}

// integers fills to with exactly as many whole numbers; words name them.
func (n node) integers(to []int, words string) error {
	values := n.list()
	if len(values) != len(to) {
		return n.wrong("{key}: {count} numbers", "key", n.key, "count", len(values)).WithHint("give {count}: {meanings}", "count", len(to), "meanings", words)
	}
	for i, value := range values {
		var err error
		if to[i], err = value.integer(); err != nil {
			return err
		}
	}
	return nil
}

// choose reads one of the allowed words.
func choose[T ~string](n node, to *T, allowed ...T) error {
	text, err := n.text()
	if err != nil {
		return err
	}
	names := make([]string, len(allowed))
	for i, a := range allowed {
		if string(a) == text {
			*to = a
			return nil
		}
		names[i] = string(a)
	}
	return n.wrong("{key}: {text:q} is unknown", "key", n.key, "text", text).WithHint("use one of {names}", "names", strings.Join(names, ", "))
}
