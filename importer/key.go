package importer

import (
	"bytes"
	"hash/maphash"
	"html"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"strata/importer/mapping"
	"strata/importer/parse"
	"strata/model/catalogue"
)

// The rules by which the keys of customers are tidied, so that one person in
// two spellings is one customer; --key-rules off leaves keys as they stand.
var (
	ruleBlanks  = catalogue.T("spaces and invisible characters")
	ruleUnicode = catalogue.T("Unicode form")
	ruleMail    = catalogue.T("email addresses")
	ruleDecimal = catalogue.T("trailing .0")
	ruleFormula = catalogue.T("spreadsheet quotes")
	ruleHTML    = catalogue.T("HTML entities")
)

// customer returns the place of the row's customer key, tidied, or refuses the
// row.
func (p *parser) customerKey() (parse.Span, bool) {
	span := p.field(p.customer)
	p.spelling = 0
	if p.tidies {
		span = p.tidied(span)
	}
	switch key := p.at(span); {
	case len(key) == 0:
		p.refuse(p.customer, noCustomer)
	case p.refusesNobody && isNobody(key):
		p.refuse(p.customer, nobody)
	case isTotal(key), len(p.totals) > 0 && p.totals[string(key)]:
		p.refuse(p.customer, totalsRow)
	default:
		return span, true
	}
	return parse.Span{}, false
}

// spelledKey is a row whose key was tidied, and how it had been written.
type spelledKey struct {
	row      int
	spelling uint64 // the hash of the key as it stands
}

// spellings are the ways to write customers whose keys were tidied.
type spellings map[int32]*spelled

type spelled struct {
	first   uint64
	rows    int64
	several bool
}

// mostSpellings is how many customers are looked at.
const mostSpellings = 200_000

func (s spellings) add(customer int32, spelling uint64) {
	of := s[customer]
	if of == nil {
		if len(s) >= mostSpellings {
			return
		}
		of = &spelled{first: spelling}
		s[customer] = of
	}
	of.rows++
	of.several = of.several || of.first != spelling
}

// joined counts the customers that are written in several ways.
func (t *table) joined() int64 {
	if len(t.spellings) == 0 {
		return 0
	}
	rows := make([]int64, len(t.customers.entries))
	for _, c := range t.customer {
		rows[c]++
	}
	n := int64(0)
	for c, of := range t.spellings {
		if of.several || int(c) < len(rows) && rows[c] > of.rows {
			n++
		}
	}
	return n
}

// at returns the text of a place, which may be one behind the block's own text.
func (p *parser) at(span parse.Span) []byte {
	if own := uint32(len(p.records.text)); span.Start >= own && span.End > own {
		return p.extra[span.Start-own : span.End-own]
	}
	return p.records.text[span.Start:span.End]
}

// tidied returns the place of a key without what tells nobody apart; a key that
// changes goes behind the text.
func (p *parser) tidied(span parse.Span) parse.Span {
	key := p.records.text[span.Start:span.End]
	if !needsTidying(key) {
		return span
	}
	tidy, rules := tidyKey(key)
	if bytes.Equal(tidy, key) {
		return span
	}
	for _, rule := range rules {
		p.batch.tidied.add(rule, key)
	}
	p.spelling = maphash.Bytes(p.seed, key)
	start := uint32(len(p.records.text) + len(p.extra))
	p.extra = append(p.extra, tidy...)
	return parse.Span{Start: start, End: start + uint32(len(tidy))}
}

// What the bytes of a key tell: most have nothing to tidy.
const (
	oddByte = 1 << iota // above ASCII, a control character, an @, an &
	blankByte
	dotByte
	quoteByte
)

var keyBytes = func() (classes [256]uint8) {
	for c := range classes {
		if c >= 0x80 || c < ' ' || c == '@' {
			classes[c] = oddByte
		}
	}
	classes[' '], classes['.'], classes['='], classes['\''], classes['&'] = blankByte, dotByte, quoteByte, quoteByte, oddByte
	return classes
}()

// needsTidying reports whether a key may not be tidy.
func needsTidying(key []byte) bool {
	said := uint8(0)
	for _, c := range key {
		said |= keyBytes[c]
	}
	switch {
	case said == 0:
		return false
	case said&oddByte != 0, said&quoteByte != 0 && (key[0] == '=' || key[0] == '\''):
		return true
	}
	return said&dotByte != 0 && key[len(key)-1] == '0' || said&blankByte != 0 && bytes.Contains(key, []byte("  "))
}

// tidyKey applies the rules and returns those that changed something.
func tidyKey(key []byte) (tidy []byte, rules []string) {
	s := string(key)
	apply := func(rule, changed string) {
		if changed != s {
			rules = append(rules, rule)
			s = changed
		}
	}
	apply(ruleFormula, unwrapped(s))
	apply(ruleHTML, html.UnescapeString(s))
	apply(ruleBlanks, singleBlanks(s))
	apply(ruleUnicode, norm.NFC.String(width.Fold.String(s)))
	if mail := mailOf(s); mail != "" {
		apply(ruleMail, strings.ToLower(mail))
	}
	if whole, zeros, ok := strings.Cut(s, "."); ok && whole != "" && strings.Trim(whole, "0123456789") == "" && zeros != "" && strings.Trim(zeros, "0") == "" {
		apply(ruleDecimal, whole)
	}
	return []byte(s), rules
}

// unwrapped takes off what spreadsheets put around a text so that it stays one:
// ="00123", '00123.
func unwrapped(s string) string {
	if inner, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(inner, `"`) {
		return inner[:len(inner)-1]
	}
	if inner, ok := strings.CutPrefix(s, "'"); ok && inner != "" && inner[0]-'0' <= 9 && !strings.Contains(inner, "'") {
		return inner
	}
	return s
}

// singleBlanks takes out invisible characters and makes all blanks between
// words single spaces.
func singleBlanks(s string) string {
	s = strings.Map(func(c rune) rune {
		switch {
		case c == '\u200b' || c == '\u2060' || c == '\ufeff' || c == '\u00ad' || c == '\u200e' || c == '\u200f', c >= '\u202a' && c <= '\u202e', c >= '\u2066' && c <= '\u2069':
			return -1
		case unicode.IsSpace(c):
			return ' '
		}
		return c
	}, s)
	return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return c == ' ' }), " ")
}

// mailOf returns the address of mail that a text is or wraps: mailto:a@b.example,
// Ann <a@b.example>; "" for none.
func mailOf(s string) string {
	if !strings.Contains(s, "@") {
		return ""
	}
	s = strings.TrimPrefix(s, "mailto:")
	if open := strings.LastIndexByte(s, '<'); open >= 0 && strings.HasSuffix(s, ">") {
		s = s[open+1 : len(s)-1]
	}
	if !isMail(s) {
		return ""
	}
	return s
}

// isMail reports whether a text is an address of mail.
func isMail(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	return ok && name != "" && strings.Contains(host, ".") && !strings.ContainsAny(s, " ,;") && !strings.Contains(host, "@")
}

// nobodies are the words that stand where no customer is known, in lower case.
var nobodies = wordsOf(mapping.Nobodies()...)

// isNobody reports whether a customer's key says that nobody knows who it is:
// NULL, guest, 0.
func isNobody(key []byte) bool {
	switch key[0] {
	case '0': // 0, 000000
		if len(bytes.Trim(key, "0")) == 0 {
			return true
		}
	case '#': // a column too narrow to show its numbers
		if len(bytes.Trim(key, "#")) == 0 {
			return true
		}
	}
	if at := bytes.IndexByte(key, '@'); at > 0 {
		return nobodyMails.has(key[:at]) || bytes.HasSuffix(key, []byte("@example.com")) && nobodies.has(key[:at])
	}
	return nobodies.has(key)
}

// nobodyMails are what stands before the @ of addresses that nobody has.
var nobodyMails = wordsOf(mapping.NobodyMails()...)
