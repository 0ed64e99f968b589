// Package catalogue is every text that a person can read, once: English as it stands
// in the code, with its values named, so that another language is another list of the
// same entries and not another program.
//
// The language is chosen before anything is made, by STRATA_LANGUAGE: a text may be
// told as soon as a package begins.
package catalogue

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Cause is the name of the value that an error made of an entry wraps.
const Cause = "cause"

// translate gives an entry in the language in force; nil where that is English.
var translate = languages[os.Getenv("STRATA_LANGUAGE")]

// languages are those there are besides English.
var languages = map[string]func(entry string) string{"pseudo": pseudo}

// T is an entry in the language in force. Named are the values that stand in it in
// braces, each after its name; {name:q} is a value in quotes. A number is written
// plainly: counts and money come from [strata/model/words].
func T(entry string, named ...any) string {
	if translate != nil {
		entry = translate(entry)
	}
	if len(named) == 0 {
		return entry
	}
	var b strings.Builder
	b.Grow(len(entry) + len(named)*averageValue)
	for {
		before, rest, ok := strings.Cut(entry, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		value, known := valueOf(name, named)
		if !closed || !known {
			b.WriteByte('{')
			entry = rest
			continue
		}
		b.WriteString(value)
		entry = after
	}
}

// averageValue is how many bytes a value has, more or less.
const averageValue = 8

// Errorf is an error whose message is an entry; it wraps the value that is called
// [Cause].
func Errorf(entry string, named ...any) error {
	return &told{T(entry, named...), CauseOf(named)}
}

// CauseOf is the error among the values of an entry; nil if there is none.
func CauseOf(named []any) error {
	for i := 0; i+1 < len(named); i += 2 {
		if err, ok := named[i+1].(error); ok && named[i] == Cause {
			return err
		}
	}
	return nil
}

type told struct {
	message string
	cause   error
}

func (t *told) Error() string { return t.message }
func (t *told) Unwrap() error { return t.cause }

// Plural is the form of an entry for so many: one where that is 1. Either may name
// the values that stand in it, and need not name all of them.
func Plural(n int64, one, many string, named ...any) string {
	if n == 1 {
		return T(one, named...)
	}
	return T(many, named...)
}

func valueOf(name string, named []any) (text string, known bool) {
	name, quoted := strings.CutSuffix(name, ":q")
	for i := 0; i+1 < len(named); i += 2 {
		if named[i] != name {
			continue
		}
		text = written(named[i+1])
		if quoted {
			text = strconv.Quote(text)
		}
		return text, true
	}
	return "", false
}

func written(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case []byte:
		return string(v)
	case error:
		return writtenError(v)
	}
	return fmt.Sprint(value)
}
