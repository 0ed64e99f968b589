package importer

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"

	"strata/model"
)

// The encodings that are recognised, by name. Windows-1252 contains what is
// printable of ISO 8859-1, GB18030 all of GBK and GB 2312.
const (
	utf8Encoding = "utf-8"
	windows1252  = "windows-1252"
	gb18030      = "gb18030"
	big5         = "big5"
	utf16LE      = "utf-16le"
	utf16BE      = "utf-16be"
)

// A file that is not UTF-8 often shows it only deep inside, in one pound sign.
// So a text that may be UTF-8 or Windows-1252 is read as it is, and what is not
// UTF-8 is mended block by block. All other encodings are decoded in front of
// everything else.

// encodingNamed finds an encoding by any of its usual names, and returns its
// standard one. Error: Usage.
func encodingNamed(name string) (string, encoding.Encoding, error) {
	label := strings.ToLower(name)
	if standard, ok := map[string]string{"cp936": "gbk", "cp950": big5, "utf-16": utf16LE, "mac": "macintosh"}[label]; ok {
		label = standard
	}
	if page, ok := map[string]encoding.Encoding{"cp437": charmap.CodePage437, "cp850": charmap.CodePage850, "cp852": charmap.CodePage852, "cp858": charmap.CodePage858}[label]; ok {
		return label, page, nil // of DOS, and of some tills
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return "", nil, model.Errorf(model.Usage, "--encoding: {name:q} is unknown", "name", name).
			WithHint("use utf-8, windows-1252, gb18030, big5, utf-16le, utf-16be, shift_jis, euc-kr, windows-1251 or another standard name")
	}
	standard, err := htmlindex.Name(e)
	if err != nil {
		standard = label
	}
	return standard, e, nil
}

// byteOrderMarks are the marks at the beginning of a text, by encoding.
var byteOrderMarks = []struct{ mark, encoding string }{
	{"\xef\xbb\xbf", utf8Encoding}, {"\xff\xfe", utf16LE}, {"\xfe\xff", utf16BE},
}

// cutByteOrderMark takes the mark off a text and returns what it says, "" when
// there is none.
func cutByteOrderMark(text []byte) (rest []byte, encoding string) {
	for _, m := range byteOrderMarks {
		if rest, ok := bytes.CutPrefix(text, []byte(m.mark)); ok {
			return rest, m.encoding
		}
	}
	return text, ""
}

// wideEncoding recognises UTF-16 without a mark: of a table's digits and
// delimiters every other byte is zero. It returns "" for any other text.
func wideEncoding(text []byte) string {
	var zeros [2]int
	for i, c := range text {
		if c == 0 {
			zeros[i&1]++
		}
	}
	enough := len(text) / 8
	switch {
	case zeros[0] == 0 && zeros[1] > enough:
		return utf16LE
	case zeros[1] == 0 && zeros[0] > enough:
		return utf16BE
	}
	return ""
}

// legacyEncoding guesses the encoding of a text that is not UTF-8, from which
// pairs of bytes above ASCII it has: gb18030, big5 or windows-1252; "" if it is
// none of these.
func legacyEncoding(text []byte) string {
	chinese, taiwanese := gbkPairs.count(text), big5Pairs.count(text)
	switch {
	case chinese.plausible() && chinese.share() >= taiwanese.share():
		const koreanPairs = 20 // with as many, some Chinese ones would lie beyond those of Korean
		if chinese.beyondKorean == 0 && chinese.frequent >= koreanPairs {
			return ""
		}
		return gb18030
	case taiwanese.plausible():
		return big5
	case strangeToWindows(text):
		return ""
	}
	return windows1252
}

// pairRules says which two bytes are one character, and which of these are
// frequent: both standards keep their frequent characters in one range.
type pairRules struct {
	fours       bool // there are characters of four bytes, the second a digit
	trail       func(c byte) bool
	frequent    func(lead, trail byte) bool
	punctuation func(lead, trail byte) bool
}

var (
	gbkPairs = pairRules{
		fours:       true,
		trail:       func(c byte) bool { return c >= 0x40 && c != 0x7f && c != 0xff },
		frequent:    func(lead, trail byte) bool { return lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1 },
		punctuation: func(lead, trail byte) bool { return lead >= 0xa1 && lead <= 0xa3 && trail >= 0xa1 },
	}
	big5Pairs = pairRules{
		trail:       func(c byte) bool { return c >= 0x40 && c <= 0x7e || c >= 0xa1 && c != 0xff },
		frequent:    func(lead, trail byte) bool { return lead >= 0xa4 && lead <= 0xc6 },
		punctuation: func(lead, trail byte) bool { return lead >= 0xa1 && lead <= 0xa3 },
	}
)

// pairCount is what a text is made of under pairRules.
type pairCount struct {
	frequent, rare, broken int
	beyondKorean           int // frequent ones that EUC-KR has no letters for
}

func (rules pairRules) count(text []byte) pairCount {
	var n pairCount
	for i := 0; i < len(text); i++ {
		lead := text[i]
		if lead < utf8.RuneSelf {
			continue
		}
		if rules.fours && fourBytes(text[i:]) {
			n.rare++
			i += 3
			continue
		}
		if i+1 == len(text) || lead == 0x80 || lead == 0xff || !rules.trail(text[i+1]) {
			n.broken++
			continue
		}
		i++
		switch trail := text[i]; {
		case rules.punctuation(lead, trail):
		case rules.frequent(lead, trail):
			n.frequent++
			const lastHangul = 0xc8
			if lead > lastHangul {
				n.beyondKorean++
			}
		default:
			n.rare++
		}
	}
	return n
}

func fourBytes(text []byte) bool {
	return len(text) >= 4 && text[1]-'0' <= 9 && text[2] > utf8.RuneSelf && text[2] < 0xff && text[3]-'0' <= 9
}

// share is the part of frequent characters, in per cent.
func (n pairCount) share() int { return 100 * n.frequent / max(1, n.frequent+n.rare+n.broken) }

// plausible allows for rare characters in names, and for a few broken ones.
func (n pairCount) plausible() bool { return n.share() >= 60 && n.broken*20 <= n.frequent }

// strangeToWindows reports whether letters above ASCII stand in long runs. In
// the languages of Windows-1252 they stand alone.
func strangeToWindows(text []byte) bool {
	letters, inRuns, run := 0, 0, 0
	for _, c := range text {
		if c < utf8.RuneSelf {
			run = 0
			continue
		}
		letters++
		if run++; run > 2 {
			inRuns++
		}
	}
	const few = 12
	return letters >= few && inRuns*3 > letters
}

// mended counts what became of the characters above ASCII in a text.
type mended struct {
	utf8   int64 // were UTF-8
	legacy int64 // were bytes of Windows-1252
	// odd are those of the latter that make no sense there: undefined bytes,
	// signs between letters, long runs.
	odd     int64
	example string // a stretch of text with one of them, as it was read
}

func (m *mended) merge(later mended) {
	m.utf8, m.legacy, m.odd = m.utf8+later.utf8, m.legacy+later.legacy, m.odd+later.odd
	if later.example != "" && (m.example == "" || later.example < m.example) {
		m.example = later.example
	}
}

// mendText writes a text in UTF-8 of which some or all is in Windows-1252:
// what is UTF-8 stays, every other byte becomes the character it is there. The
// same bytes become the same text wherever they stand.
func mendText(text []byte) ([]byte, mended) {
	var count mended
	out := make([]byte, 0, len(text)+len(text)/16)
	run := 0 // bytes of Windows-1252 that stand together
	for at := 0; at < len(text); {
		c, size := utf8.DecodeRune(text[at:])
		switch {
		case c == utf8.RuneError && size == 1:
			count.legacy++
			run++
			decoded := charmap.Windows1252.DecodeByte(text[at])
			out = utf8.AppendRune(out, decoded)
			if isOdd(decoded, text, at) || run == longRun {
				count.odd++
				count.note(out, text[at+1:])
			}
		case size > 1:
			count.utf8++
			fallthrough
		default:
			run = 0
			out = append(out, text[at:at+size]...)
		}
		at += size
	}
	return out, count
}

// longRun is how many letters above ASCII never stand together in the languages
// of Windows-1252.
const longRun = 4

// isOdd reports whether a character makes no sense where it stands: it has none,
// or is a sign between letters.
func isOdd(c rune, text []byte, at int) bool {
	if c == utf8.RuneError {
		return true
	}
	if unicode.IsLetter(c) || strings.ContainsRune("’‘´·–—\u00ad\u00a0", c) {
		return c == 'ƒ'
	}
	letter := func(i int) bool { return i >= 0 && i < len(text) && (text[i]|0x20 >= 'a' && text[i]|0x20 <= 'z') }
	return letter(at-1) && letter(at+1)
}

// note keeps the word around an odd character, as it was read.
func (m *mended) note(before, behind []byte) {
	const wide = 12
	stop := func(c rune) bool { return c < ' ' || strings.ContainsRune(" ,;\t|\"", c) }
	start := bytes.LastIndexFunc(before, stop) + 1
	end := bytes.IndexFunc(behind, stop)
	if end < 0 || end > wide {
		end = min(wide, len(behind))
	}
	word := string(before[max(start, len(before)-3*wide):])
	for _, c := range behind[:end] {
		word += string(charmap.Windows1252.DecodeByte(c))
	}
	if m.example == "" || word < m.example {
		m.example = strings.ToValidUTF8(word, "")
	}
}

// headerText makes a header fit to be shown and to name a column: control
// characters become blanks, and blanks are single.
func headerText(s string) string {
	s = strings.Map(func(c rune) rune {
		if unicode.IsPrint(c) {
			return c
		}
		return ' '
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
