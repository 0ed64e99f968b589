// Package yamltext parses YAML that may come from anybody. The parser's memory
// grows with the square of how deep a text is nested, and its time with the square
// of the keys of a mapping, so both are bounded before it begins, and before that
// what its lexer would choke on. Everything that reads YAML goes through here.
package yamltext

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"strata/model/catalogue"
)

// The bounds. A scheme that locks 20,000 customers has 1.5 MiB in 400,000 words; a
// plan of a file with 1,000 columns has as many keys.
const (
	mostBytes  = 4 << 20
	mostWords  = 500_000
	mostDepth  = 32
	mostIndent = 128 // blanks before a key or a hyphen
	mostKeys   = 4_000
	mostEmpty  = 1_000 // keys and entries without a value: each moves all that follows
	mostTags   = 100   // with anchors, aliases and ?: nothing that is read has any
)

// Fault is what is wrong with a text, and where.
type Fault struct {
	Line, Column int // from 1
	Message      string
}

// Error returns the place and the message.
func (f *Fault) Error() string {
	return catalogue.T("line {line}, column {column}: {message}", "line", f.Line, "column", f.Column, "message", f.Message)
}

// Parse reads YAML. Error: [*Fault].
func Parse(text []byte) (*ast.File, error) {
	if len(text) > mostBytes {
		return nil, &Fault{1, 1, catalogue.T("the text has {size} MiB, more than the {most} that are read", "size", len(text)>>20, "most", mostBytes>>20)}
	}
	if err := readable(string(text)); err != nil {
		return nil, err
	}
	words := lexer.Tokenize(string(text))
	if err := bounded(words); err != nil {
		return nil, err
	}
	file, err := parser.Parse(words, 0)
	if err != nil {
		return nil, faultOf(err)
	}
	return file, nil
}

// bounded refuses what the parser would choke on. Error: [*Fault].
func bounded(words token.Tokens) error {
	if len(words) > mostWords {
		return at(words[mostWords], "there are more than {most_words} words", "most_words", mostWords)
	}
	n := nesting{keys: map[int]int{}}
	var e empties
	for i, word := range words {
		if err := e.take(words, i); err != nil {
			return err
		}
		column := word.Position.Column
		if word.Type == token.MappingValueType && i > 0 {
			column = words[i-1].Position.Column // where the key begins
		}
		if err := n.take(word, column); err != nil {
			return err
		}
	}
	return nil
}

// nesting is how deep a text is at one of its words.
type nesting struct {
	brackets    int         // that are open
	line, chain int         // hyphens, marks of keys, anchors and tags on this line
	mappings    []int       // the columns of the mappings that are open without brackets
	keys        map[int]int // of each of them
}

func (n *nesting) take(word *token.Token, column int) error {
	if word.Position.Line != n.line {
		n.line, n.chain = word.Position.Line, 0
	}
	switch word.Type {
	case token.SequenceStartType, token.MappingStartType:
		n.brackets++
	case token.SequenceEndType, token.MappingEndType:
		n.brackets = max(0, n.brackets-1)
	case token.SequenceEntryType, token.MappingKeyType, token.AnchorType, token.TagType:
		n.chain++
	}
	if n.brackets > mostDepth || n.chain > mostDepth {
		return at(word, "lists nested more than {most_depth} deep", "most_depth", mostDepth)
	}
	isKey := word.Type == token.MappingValueType
	if n.brackets > 0 || !isKey && word.Type != token.SequenceEntryType && word.Type != token.MappingKeyType {
		return nil
	}
	if column > mostIndent {
		return at(word, "more than {most_indent} spaces of indentation: mappings within mappings", "most_indent", mostIndent)
	}
	for len(n.mappings) > 0 && n.mappings[len(n.mappings)-1] > column {
		delete(n.keys, n.mappings[len(n.mappings)-1])
		n.mappings = n.mappings[:len(n.mappings)-1]
	}
	if !isKey {
		return nil
	}
	if n.keys[column] == 0 {
		n.mappings = append(n.mappings, column)
	}
	if n.keys[column]++; n.keys[column] > mostKeys {
		return at(word, "more than {most_keys} keys in one mapping", "most_keys", mostKeys)
	}
	return nil
}

func at(word *token.Token, entry string, named ...any) error {
	return &Fault{word.Position.Line, word.Position.Column, catalogue.T(entry, named...)}
}

// faultOf turns a parser's error, which draws the place over several lines, into
// one sentence with line and column.
func faultOf(err error) error {
	var y yaml.Error
	if !errors.As(err, &y) || y.GetToken() == nil || y.GetToken().Position == nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		return &Fault{1, 1, first}
	}
	place := y.GetToken().Position
	return &Fault{place.Line, place.Column, y.GetMessage()}
}
