package model

import (
	"errors"
	"path"
	"runtime"
	"strings"

	"strata/model/catalogue"
)

// Code says what kind of trouble an [Error] is, for programs: the command line
// derives its exit status from it.
type Code string

// The codes.
const (
	Invalid    Code = "invalid"    // a value, file or row that cannot be what it claims
	Usage      Code = "usage"      // the person asked for something that makes no sense here
	NotFound   Code = "not-found"  // no such file, customer, source, column
	Exists     Code = "exists"     // already there: a file, the same content
	Unreadable Code = "unreadable" // permission, directory, broken device
	Foreign    Code = "foreign"    // a file that is no strata workspace
	Newer      Code = "newer"      // a workspace written by a newer strata
	Corrupt    Code = "corrupt"    // a workspace or archive that is damaged or cut short
	Busy       Code = "busy"       // another program is writing the workspace
	ReadOnly   Code = "read-only"  // the workspace was opened for reading
	Cancelled  Code = "cancelled"  // the person stopped it
	Ambiguous  Code = "ambiguous"  // two readings are equally likely; the person must say
	Empty      Code = "empty"      // nothing to work on
	Internal   Code = "internal"   // our mistake
)

// Error is trouble told to a person: what happened and where (Message), and
// what to do about it (Hint, may be empty). Err is the cause, if any.
type Error struct {
	Code    Code
	Message string
	Hint    string
	Err     error
}

// Errorf makes an Error whose message is an entry of the catalogue, with its named
// values; the one called cause is kept.
func Errorf(code Code, entry string, named ...any) *Error {
	return &Error{Code: code, Message: catalogue.T(entry, named...), Err: catalogue.CauseOf(named)}
}

// WithHint returns a copy of e that says what to do.
func (e *Error) WithHint(entry string, named ...any) *Error {
	c := *e
	c.Hint = catalogue.T(entry, named...)
	return &c
}

// Error returns the message, with the hint after a semicolon.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + "; " + e.Hint
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Unexpected makes an Internal error of what recover returned; nil of nil. Its
// message says where in the program that was, for whoever looks into it.
func Unexpected(panicked any) error {
	if panicked == nil {
		return nil
	}
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(0, callers)])
	where, panicking := "", false
	for frame, more := frames.Next(); more && where == ""; frame, more = frames.Next() {
		if panicking && strings.HasPrefix(frame.Function, "strata/") || panicking && strings.HasPrefix(frame.Function, "main.") {
			where = catalogue.T(", in {file}:{line}", "file", path.Base(frame.File), "line", frame.Line)
		}
		panicking = panicking || frame.Function == "runtime.gopanic"
	}
	return Errorf(Internal, "something failed unexpectedly{where}: {panicked}", "where", where, "panicked", panicked).
		WithHint("please report this; `strata check` with a workspace tells whether it is damaged")
}

// CodeOf returns the code of the first Error in err's chain: Internal for any
// other error, and the empty code for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// Warning is something the reader of a result should know though the result
// stands: heavy ties on a cut, an empty score, orders after as-of.
type Warning struct {
	Code    string `json:"code"`    // a stable slug, such as "empty-score"
	Message string `json:"message"` // one sentence with the numbers in it
}
