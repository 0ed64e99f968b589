package parse

import (
	"bytes"
	"strconv"
	"time"

	"strata/model"
)

// OffsetOf returns the offset from UTC that a date's time of day carries, as it
// stands: "Z", "+01:00", "-0500"; "" for a time without one. ok is false where
// there is no time of day.
func OffsetOf(text []byte) (offset string, ok bool) {
	colon := bytes.IndexByte(text, ':')
	if colon < 0 {
		return "", false
	}
	tail := text[colon:]
	switch last := tail[len(tail)-1]; {
	case last == 'Z' || last == 'z':
		return "Z", true
	case last-'0' <= 9:
		if i := bytes.LastIndexAny(tail, "+-"); i > 0 && len(tail)-i <= len("+01:00") {
			return string(tail[i:]), true
		}
	case bytes.HasSuffix(tail, []byte("UTC")), bytes.HasSuffix(tail, []byte("GMT")):
		return "Z", true
	}
	if word := string(tail[bytes.LastIndexByte(tail, ' ')+1:]); zoneWords[word] != (zoneWord{}) {
		return word, true
	}
	return "", true
}

// zoneWord is an abbreviation of a time zone.
type zoneWord struct {
	minutes int    // from UTC
	place   string // whose clocks show it, in summer or in winter
}

var zoneWords = map[string]zoneWord{
	"PST": {-480, "Pacific"}, "PDT": {-420, "Pacific"}, "MST": {-420, "Mountain"}, "MDT": {-360, "Mountain"},
	"CST": {-360, "Central"}, "CDT": {-300, "Central"}, "EST": {-300, "Eastern"}, "EDT": {-240, "Eastern"},
	"BST": {60, "Z"}, "WET": {0, "Western Europe"}, "WEST": {60, "Western Europe"}, "CET": {60, "Central Europe"}, "CEST": {120, "Central Europe"},
	"EET": {120, "Eastern Europe"}, "EEST": {180, "Eastern Europe"}, "JST": {540, "Japan"}, "HKT": {480, "Hong Kong"}, "SGT": {480, "Singapore"},
	"AEST": {600, "Sydney"}, "AEDT": {660, "Sydney"}, "NZST": {720, "New Zealand"}, "NZDT": {780, "New Zealand"},
}

// PlaceOf returns whose clocks show an offset: one place has two, in summer and
// in winter, like PST and PDT. Of an offset in numbers it is the offset.
func PlaceOf(offset string) string {
	if word, ok := zoneWords[offset]; ok {
		return word.place
	}
	return offset
}

// DayIn returns the calendar day in a zone of the instant that a date with a
// time of day and an offset names; ok is false where it carries no offset.
func DayIn(text []byte, date Date, order DateOrder, zone *time.Location) (day model.Day, ok bool) {
	offset, _ := OffsetOf(text)
	if offset == "" {
		return 0, false
	}
	written, exists := date.Day(order)
	minutes, good := offsetMinutes(offset)
	clock, timed := clockOf(text)
	if !exists || !good || !timed {
		return 0, false
	}
	const minute = 60
	instant := time.Unix(int64(written)*24*60*minute+int64(clock-minutes)*minute, 0).In(zone)
	year, month, number := instant.Date()
	return model.DayOf(year, int(month), number)
}

// EpochDayIn returns the calendar day in a zone of a count of seconds, or of
// milliseconds, since 1970.
func EpochDayIn(text []byte, zone *time.Location) (model.Day, bool) {
	n, problem := ParseNumber(text, '.')
	if problem != GoodNumber {
		return 0, false
	}
	seconds := n.Value / model.Unit
	if seconds >= latestSecond {
		seconds /= 1000
	}
	year, month, day := time.Unix(seconds, 0).In(zone).Date()
	return model.DayOf(year, int(month), day)
}

// offsetMinutes reads an offset: Z, +01:00, -0500, +2.
func offsetMinutes(offset string) (int, bool) {
	if offset == "Z" {
		return 0, true
	}
	if word, ok := zoneWords[offset]; ok {
		return word.minutes, true
	}
	sign := 1
	if offset[0] == '-' {
		sign = -1
	}
	digits := offset[1:]
	hours, minutes := digits, "0"
	switch {
	case len(digits) == len("01:00") && digits[2] == ':':
		hours, minutes = digits[:2], digits[3:]
	case len(digits) == len("0100"):
		hours, minutes = digits[:2], digits[2:]
	}
	h, err := strconv.Atoi(hours)
	m, err2 := strconv.Atoi(minutes)
	const farthest = 14
	return sign * (h*60 + m), err == nil && err2 == nil && h <= farthest && m < 60
}

// clockOf returns the minutes since midnight of the time behind a date.
func clockOf(text []byte) (int, bool) {
	colon := bytes.IndexByte(text, ':')
	start := colon
	for start > 0 && text[start-1]-'0' <= 9 {
		start--
	}
	hours, n := number(text[start:colon])
	minutes, m := number(text[colon+1:])
	if n == 0 || n > 2 || m != 2 || hours > 24 || minutes > 59 {
		return 0, false
	}
	switch upper := bytes.ToUpper(text[colon:]); {
	case bytes.Contains(upper, []byte("PM")) && hours < 12:
		hours += 12
	case bytes.Contains(upper, []byte("AM")) && hours == 12:
		hours = 0
	}
	return hours*60 + minutes, true
}
