package parse

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// RecordLimit is how long one record, and one quoted field, may be in bytes. A
// longer one is no order line but a file without line ends, or a quote that
// was never closed.
const RecordLimit = 1 << 20

// Span is a field's place in a text.
type Span struct{ Start, End uint32 }

// Problem says what is wrong with a record.
type Problem uint8

// The problems of records.
const (
	Sound     Problem = iota
	OpenQuote         // a quoted field never ends, or goes on after its closing quote
	TooLong           // longer than RecordLimit
)

// Records walks the records of a text that holds whole records only, as cut by
// [Boundary]. Fields may be quoted; in a quoted field a doubled quote is a
// quote, and delimiters and line ends are text. A quote that opens and does
// not close properly spoils the line it stands on, not the rest of the text. A
// quote inside an unquoted field is an ordinary character; blanks before an
// opening quote are left out. Lines end in LF or
// CRLF, the last one may lack its end.
type Records struct {
	Fields  []Span  // of the current record; quotes taken off
	Start   int     // where the current record begins
	End     int     // where the next record begins
	Problem Problem // of the current record; if not Sound, Fields is not to be used
	// Multiline says that a quoted field of the record holds a line end.
	Multiline bool

	text      []byte
	delimiter byte
	marks     []uint32 // places of delimiters, line ends and quotes, ascending
	next      int      // first mark not yet seen
	multiline int      // the mark that opens the first field with a line end
	until     int      // where the lines of a record that was taken back end; len(text) otherwise
	undone    []undone // fields of the current record whose doubled quotes have been undone
	asWritten []byte   // their text as it was, one after the other
}

// undone is a field whose doubled quotes have been undone: where its text
// begins, and how long it was.
type undone struct{ start, length int }

// Reset starts at the beginning of text. Doubled quotes are undone in place,
// so text is changed while it is walked.
func (r *Records) Reset(text []byte, delimiter byte) {
	r.text, r.delimiter = text, delimiter
	r.Start, r.End, r.next, r.Problem, r.until = 0, 0, 0, Sound, len(text)
	if bytes.IndexByte(text, '"') >= 0 {
		r.marks = appendMarks(r.marks[:0], text, delimiter, '"')
	} else {
		r.marks = appendMarks(r.marks[:0], text, delimiter, '\n')
	}
}

// Next moves to the next record and reports whether there is one.
func (r *Records) Next() bool {
	if r.End >= len(r.text) {
		return false
	}
	r.Start, r.Fields, r.Problem, r.Multiline = r.End, r.Fields[:0], Sound, false
	r.undone, r.asWritten = r.undone[:0], r.asWritten[:0]
	if r.Start >= r.until {
		r.until = len(r.text)
	}
	field := r.Start
	for ; r.next < len(r.marks); r.next++ {
		at := int(r.marks[r.next])
		switch c := r.text[at]; {
		case c == '\n':
			r.next++
			r.finish(field, at, at+1)
			return true
		case c == r.delimiter:
			r.Fields = append(r.Fields, Span{uint32(field), uint32(at)})
			field = at + 1
		case c == '"' && blanks(r.text[field:at]):
			after, ok := r.quoted(at)
			if !ok && at > field {
				continue // a quote of the text
			}
			if !ok {
				r.spoil()
				return true
			}
			if r.ends(after) {
				return true
			}
			field = after + 1
		}
	}
	r.finish(field, len(r.text), len(r.text))
	return true
}

// blanks reports whether there is nothing but blanks before a quote: people
// write them behind delimiters.
func blanks(text []byte) bool {
	for _, c := range text {
		if c != ' ' {
			return false
		}
	}
	return true
}

// finish ends the record with the unquoted field from start to end.
func (r *Records) finish(start, end, next int) {
	if end > start && r.text[end-1] == '\r' {
		end--
	}
	r.Fields = append(r.Fields, Span{uint32(start), uint32(end)})
	r.endAt(next)
}

func (r *Records) endAt(next int) {
	r.End = next
	if next-r.Start > RecordLimit {
		r.Problem = TooLong
	}
}

// ends ends the record if nothing but a line end follows the quoted field
// before at; otherwise a delimiter stands there.
func (r *Records) ends(at int) bool {
	if at < len(r.text) && r.text[at] == r.delimiter {
		return false
	}
	if at < len(r.text) && r.text[at] == '\r' {
		at++
	}
	if at < len(r.text) {
		at++ // the LF
		r.next++
	}
	r.endAt(at)
	return true
}

// quoted reads the quoted field that opens at open and appends it. It returns
// the place of what follows it, and leaves next at that mark.
func (r *Records) quoted(open int) (after int, ok bool) {
	end, after, state := closingQuote(r.text[:r.until], open, r.delimiter)
	if state != closed {
		return 0, false
	}
	if !r.Multiline && bytes.IndexByte(r.text[open+1:end], '\n') >= 0 {
		r.Multiline, r.multiline = true, r.next
	}
	to := r.undouble(open+1, end)
	r.Fields = append(r.Fields, Span{uint32(open + 1), uint32(to)})
	for r.next < len(r.marks) && int(r.marks[r.next]) < after {
		r.next++
	}
	return after, true
}

// SpoilLine takes back the quoted field with a line end: the line on which it
// opens becomes a record of its own with an OpenQuote, and the records behind it
// are those of the lines that follow.
func (r *Records) SpoilLine() {
	// No quote of theirs reaches beyond: the next record is what it was.
	if r.until == len(r.text) {
		r.until = r.End
	}
	from := 0
	for _, u := range r.undone {
		copy(r.text[u.start:], r.asWritten[from:from+u.length])
		from += u.length
	}
	r.next = r.multiline
	r.spoil()
}

// spoil makes the line on which the current mark stands, with what came before
// it in the record, a record of its own.
func (r *Records) spoil() {
	at := int(r.marks[r.next])
	end := len(r.text)
	if i := bytes.IndexByte(r.text[at:], '\n'); i >= 0 {
		end = at + i + 1
	}
	for r.next < len(r.marks) && int(r.marks[r.next]) < end {
		r.next++
	}
	r.endAt(end)
	if r.Problem == Sound {
		r.Problem = OpenQuote
	}
}

// undouble writes a quote for each doubled quote of the text from start to end
// and returns the new end. What is left over is filled with zeros, so that line
// ends counted later are those of the file.
func (r *Records) undouble(start, end int) int {
	i := bytes.IndexByte(r.text[start:end], '"')
	if i < 0 {
		return end
	}
	r.undone = append(r.undone, undone{start, end - start})
	r.asWritten = append(r.asWritten, r.text[start:end]...)
	to := start + i
	for from := to; from < end; from++ {
		r.text[to] = r.text[from]
		to++
		if r.text[from] == '"' {
			from++
		}
	}
	clear(r.text[to:end])
	return to
}

type quoteState uint8

const (
	closed quoteState = iota
	spoilt            // closed, but text follows; or not closed within RecordLimit
	open              // the text ends first
)

// closingQuote finds the quote that closes the one at from: end is its place,
// after that of the delimiter or line end behind it (blanks are skipped).
func closingQuote(text []byte, from int, delimiter byte) (end, after int, state quoteState) {
	for end = from + 1; ; end += 2 {
		rest := text[end:]
		if len(rest) > RecordLimit-(end-from) {
			rest = rest[:max(0, RecordLimit-(end-from))]
		}
		i := bytes.IndexByte(rest, '"')
		if i < 0 && len(text)-from > RecordLimit {
			return 0, 0, spoilt
		}
		if i < 0 {
			return 0, 0, open
		}
		end += i
		if end+1 == len(text) {
			return end, end + 1, closed
		}
		if text[end+1] != '"' {
			break
		}
	}
	after = end + 1
	for after < len(text) && text[after] == ' ' {
		after++
	}
	switch {
	case after == len(text), text[after] == delimiter, text[after] == '\n':
		return end, after, closed
	case text[after] == '\r' && (after+1 == len(text) || text[after+1] == '\n'):
		return end, after, closed
	}
	return 0, 0, spoilt
}

// Boundary returns the end of the last record that text, which begins with a
// record, certainly holds whole: 0 if there is none. last says that the file
// ends with text; then all of it is whole.
func Boundary(text []byte, delimiter byte, last bool) int {
	if last {
		return len(text)
	}
	boundary, from := 0, 0
	for from < len(text) {
		quote := bytes.IndexByte(text[from:], '"')
		if quote < 0 {
			break
		}
		quote += from
		if i := bytes.LastIndexByte(text[from:quote], '\n'); i >= 0 {
			boundary = from + i + 1
		}
		before := quote
		for before > from && text[before-1] == ' ' {
			before--
		}
		if before > 0 && text[before-1] != delimiter && text[before-1] != '\n' {
			from = quote + 1
			continue
		}
		_, after, state := closingQuote(text, quote, delimiter)
		if state == spoilt && before < quote { // a quote of the text
			from = quote + 1
			continue
		}
		// At the very end the next byte could still change the verdict.
		if state == open || state == closed && after+1 >= len(text) {
			return boundary
		}
		if state == spoilt { // the next record begins on the next line
			i := bytes.IndexByte(text[quote:], '\n')
			if i < 0 {
				return boundary
			}
			after = quote + i
		}
		from = after
	}
	if i := bytes.LastIndexByte(text[from:], '\n'); i >= 0 {
		boundary = from + i + 1
	}
	return boundary
}

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
)

// appendMarks appends the places of a, b and LF in text, eight bytes at a time.
func appendMarks(marks []uint32, text []byte, a, b byte) []uint32 {
	wantA, wantB, wantLF := uint64(a)*lowBits, uint64(b)*lowBits, uint64('\n')*lowBits
	at := 0
	for ; at+8 <= len(text); at += 8 {
		w := binary.LittleEndian.Uint64(text[at:])
		found := zeroBytes(w^wantA) | zeroBytes(w^wantB) | zeroBytes(w^wantLF)
		for ; found != 0; found &= found - 1 {
			marks = append(marks, uint32(at+bits.TrailingZeros64(found)/8))
		}
	}
	for ; at < len(text); at++ {
		if c := text[at]; c == a || c == b || c == '\n' {
			marks = append(marks, uint32(at))
		}
	}
	return marks
}

// zeroBytes sets the high bit of every byte of w that is zero, and no other.
func zeroBytes(w uint64) uint64 {
	return ^((w&^uint64(highBits) + ^uint64(highBits)) | w | ^uint64(highBits))
}
