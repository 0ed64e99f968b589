package parse

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"strata/model"
)

// monthNames are the names of each month in English, German, Dutch, the
// Scandinavian languages, French, Spanish, Italian and Portuguese, and what they are
// shortened to otherwise than by leaving out their end.
var monthNames = [12]string{
	"january januar jänner januari janvier enero gennaio janeiro",
	"february februar februari février fevrier febrero febbraio fevereiro",
	"march märz maerz maart mars marts marzo março marco mrz mrt",
	"april avril abril aprile",
	"may mai mei maj mayo maggio maio",
	"june juni juin junio giugno junho",
	"july juli juillet julio luglio julho",
	"august augustus augusti août aout agosto",
	"september septembre septiembre settembre setembro",
	"october oktober octobre octubre ottobre outubro",
	"november novembre noviembre novembro",
	"december dezember desember décembre decembre diciembre dicembre dezembro", //nolint:misspell // other languages
}

// months are the months by what their names may be shortened to; of what tells no
// month from another there is 0.
var months = func() map[string]int {
	const shortest = 3
	byName := make(map[string]int)
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			letters := []rune(name)
			for n := shortest; n <= len(letters); n++ {
				short := string(letters[:n])
				if known, ok := byName[short]; ok && known != i+1 {
					byName[short] = 0
					continue
				}
				byName[short] = i + 1
			}
		}
	}
	return byName
}()

// monthOf returns the number of the month that a word names, 0 for none.
func monthOf(word string) int { return months[strings.ToLower(word)] }

// companions are the words that stand beside a date and say nothing of it.
var companions = []string{
	"mon", "tue", "wed", "thu", "fri", "sat", "sun", "am", "pm", "utc", "gmt", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "bst", "cet", "cest", "ist", "jst", "kst", "hkt", "sgt", "aest", "aedt", "uhr", "at", "um", "à", "alle", "ore", "hs", "hs.", "h", "hrs", "le", "el", "del", "den", "dne", "op", "om", "st", "nd", "rd", "th", "of", "de", "a", "z", "t",
	"星期", "周", "上午", "下午", "午前", "午後",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
	"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
	"lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag",
	"segunda", "terça", "quarta", "quinta", "sexta", "feira", "p", "m",
}

func isCompanion(word string) bool {
	word = strings.ToLower(word)
	for i, c := range companions {
		const weekdays = 7
		if word == c || (i < weekdays || c[0] >= utf8.RuneSelf) && strings.HasPrefix(word, c) {
			return true
		}
	}
	return false
}

// longestWritten is more bytes than a written date has; a longer text is none.
const longestWritten = 64

// writtenDate reads a date with the name of its month (14 Jun 2009, June 14,
// 2009, 14JUN09:17:58:34), with Chinese marks (2016年8月1日), in full-width
// digits, or as digits with a time (20110304123000).
func writtenDate(text []byte, order DateOrder) (Date, bool) {
	if len(text) < len("1Jan01") || len(text) > longestWritten {
		return 0, false
	}
	if bytes.IndexByte(text, 0xef) >= 0 { // full-width forms begin so
		if narrow := narrowed(text); !bytes.Equal(narrow, text) {
			return ParseDate(narrow, order)
		}
	}
	if plain := plainDate(text); plain != nil {
		return ParseDate(plain, order)
	}
	if year := bytes.Index(text, []byte("年")); year > 0 {
		return chineseDate(text)
	}
	if d, ok := timestamp(text); ok {
		return d, true
	}
	return namedMonth(text)
}

// plainDate writes a numeric date as most files have it: without blanks behind
// points (15. 1. 2024), without words for the half of the day before its time (下午
// 03:20), with ordinary blanks. It returns nil where there is nothing to change.
func plainDate(text []byte) []byte {
	s := string(text)
	plain := dateBlanks.Replace(s)
	if c := plain; len(c) > 4 && c[0]-'0' <= 9 {
		if at := strings.Index(plain, ". "); at > 0 && at <= 2 {
			plain = strings.ReplaceAll(plain, ". ", ".")
		}
	}
	if plain = strings.TrimSpace(plain); plain == s {
		return nil
	}
	return []byte(plain)
}

var dateBlanks = strings.NewReplacer("\u00a0", " ", "\u202f", " ", " 上午 ", " ", " 下午 ", " ", " 上午", " ", " 下午", " ", "午前", "", "午後", "", "p. m.", "PM", "a. m.", "AM", "p.m.", "PM", "a.m.", "AM")

// chineseDate reads 2016年8月1日, 2016年08月01日 12:30.
func chineseDate(text []byte) (Date, bool) {
	year, n := number(text)
	if n != 4 && n != 2 {
		return 0, false
	}
	if n == 2 {
		year = Century(year)
	}
	month, rest, ok := numberBefore(bytes.TrimPrefix(text[n:], []byte("年")), "月")
	if !ok {
		return 0, false
	}
	day, rest, ok := numberBefore(rest, "日")
	if !ok || len(bytes.TrimSpace(rest)) > 0 && rest[0]-'0' > 9 && rest[0] != ' ' && rest[0] < utf8.RuneSelf {
		return 0, false
	}
	return existingDay(year, month, day)
}

// existingDay returns the date of a year, a month and a day, if there is one.
func existingDay(year, month, day int) (Date, bool) {
	if month > 12 || day > 31 {
		return 0, false
	}
	return existing(pack(decided, year, month, day))
}

// numberBefore reads a number and the mark behind it; 号 is another word for 日.
func numberBefore(text []byte, mark string) (value int, rest []byte, ok bool) {
	text = bytes.TrimLeft(text, " ")
	value, n := number(text)
	if n == 0 || n > 2 {
		return 0, nil, false
	}
	rest = bytes.TrimLeft(text[n:], " ")
	if after, is := bytes.CutPrefix(rest, []byte(mark)); is {
		return value, after, true
	}
	if after, is := bytes.CutPrefix(rest, []byte("号")); is && mark == "日" {
		return value, after, true
	}
	return 0, nil, false
}

// timestamp reads YYYYMMDD with hours, minutes and perhaps seconds behind it.
func timestamp(text []byte) (Date, bool) {
	if len(text) != len("20110304123000") && len(text) != len("201103041230") {
		return 0, false
	}
	for _, c := range text {
		if c-'0' > 9 {
			return 0, false
		}
	}
	clock := text[len("20110304"):]
	if hours, _ := number(clock[:2]); hours > 24 {
		return 0, false
	}
	if minutes, _ := number(clock[2:4]); minutes > 59 {
		return 0, false
	}
	digits, _ := number(text[:len("20110304")])
	return compact(digits, nil)
}

// namedMonth reads a date with the name of its month: of the two numbers
// beside it one is the day, the other the year.
func namedMonth(text []byte) (Date, bool) {
	month, count, monthAt := 0, 0, 0
	var value, digits [2]int
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRune(text[i:])
		switch {
		case c >= '0' && c <= '9':
			n, length := number(text[i:])
			if length == 0 {
				return 0, false
			}
			// Digits before a colon are a time, but for those behind a month: 14JUN09:17:58.
			isYear := count == 1 && monthAt == i
			if end := i + length; end < len(text) && text[end] == ':' && !isYear {
				i = clockEnd(text, end)
				continue
			}
			if count == len(value) {
				return 0, false
			}
			value[count], digits[count] = n, length
			count++
			i += length
			if isYear && i < len(text) && text[i] == ':' {
				i = clockEnd(text, i)
			}
		case unicode.IsLetter(c):
			end := i + wordLength(text[i:])
			word := string(text[i:end])
			if m := monthOf(word); m != 0 && month == 0 {
				month, monthAt = m, end
				if count == 2 {
					return 0, false
				}
			} else if !isCompanion(word) {
				return 0, false
			}
			i = end
		case strings.ContainsRune(" ,.-/+'", c):
			i += size
		default:
			return 0, false
		}
	}
	if month == 0 || count != 2 {
		return 0, false
	}
	day, year := 0, 1
	if digits[0] == 4 {
		day, year = 1, 0
	}
	if digits[day] > 2 || digits[year] != 2 && digits[year] != 4 {
		return 0, false
	}
	if digits[year] == 2 {
		value[year] = Century(value[year])
	}
	return existingDay(value[year], month, value[day])
}

func wordLength(text []byte) int {
	n := 0
	for n < len(text) {
		c, size := utf8.DecodeRune(text[n:])
		if !unicode.IsLetter(c) {
			break
		}
		n += size
	}
	return n
}

func clockEnd(text []byte, at int) int {
	for at < len(text) && (text[at]-'0' <= 9 || text[at] == ':' || text[at] == '.') {
		at++
	}
	return at
}

// latestSecond tells seconds from milliseconds: as seconds it would be the year
// 5138, as milliseconds 1973.
const latestSecond = 100_000_000_000

// countedDate reads a count of days, seconds or milliseconds; the latter two are
// told apart by their size. Excel's day 60,
// 29 February 1900, never was; days before it are no order dates.
func countedDate(text []byte, order DateOrder) (Date, bool) {
	n, problem := ParseNumber(text, '.')
	if problem == WrongMarks {
		n, problem = ParseNumber(text, ',')
	}
	if problem != GoodNumber || n.Value < 0 {
		return 0, false
	}
	const (
		unit       = 10_000 // of Number.Value
		daySeconds = 24 * 60 * 60
		excelEpoch = 25_569 // Excel's number of 1970-01-01
		lastDay    = 2_932_896
	)
	day := n.Value / unit
	switch order {
	case ExcelSerial:
		if day <= 60 {
			return 0, false
		}
		day -= excelEpoch
	case UnixSeconds, Milliseconds:
		if day >= latestSecond {
			day /= 1000
		}
		day /= daySeconds
	}
	if day > lastDay {
		return 0, false
	}
	year, month, number := model.Day(day).Date()
	return decided | Date(year<<10|int(month)<<5|number), true
}

// narrowed writes full-width digits, letters and signs as ordinary ones.
func narrowed(text []byte) []byte {
	return bytes.Map(func(c rune) rune {
		const first, last, ordinary = '！', '～', '!'
		switch {
		case c >= first && c <= last:
			return c - first + ordinary
		case c == '\u3000':
			return ' '
		case c == '。':
			return '.'
		case c == '\u2212', c == '\u2013', c == '\ufe63': // the minus of typesetters, and what they take for it
			return '-'
		}
		return c
	}, text)
}
