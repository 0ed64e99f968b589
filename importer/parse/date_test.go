package parse_test

import (
	"strings"
	"testing"

	"strata/importer/parse"
	"strata/model"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	const undecided = "undecided"
	for _, test := range []struct {
		text  string
		order parse.DateOrder
		want  string // the day, or undecided, or "" for no date
	}{
		{"2011-12-10", parse.YearFirst, "2011-12-10"},
		{"2011/1/2", parse.AnyOrder, "2011-01-02"},
		{"2011.01.02", parse.DayFirst, "2011-01-02"},
		{"20111210", parse.AnyOrder, "2011-12-10"},
		{"20111210 08:26", parse.AnyOrder, "2011-12-10"},
		{"2011-12-10T08:26:00.123Z", parse.AnyOrder, "2011-12-10"},
		{"2011-12-10 08:26:00 +01:00", parse.AnyOrder, "2011-12-10"},
		{"31/12/2011", parse.AnyOrder, "2011-12-31"},
		{"12/31/2011", parse.AnyOrder, "2011-12-31"},
		{"12/11/2011", parse.AnyOrder, undecided},
		{"12-11-10", parse.AnyOrder, undecided},
		{"3/4/2011 8:26", parse.DayFirst, "2011-04-03"},
		{"3/4/2011 8:26 PM", parse.MonthFirst, "2011-03-04"},
		{"03.04.11", parse.DayFirst, "2011-04-03"},
		{"03-04-68", parse.DayFirst, "2068-04-03"},
		{"03-04-69", parse.DayFirst, "1969-04-03"},
		{"97/01/02", parse.AnyOrder, "1997-01-02"},
		{"11-12-10", parse.YearFirst, "2011-12-10"},
		{"29/02/2020", parse.DayFirst, "2020-02-29"},
		{"29/02/2021", parse.AnyOrder, ""},
		{"31/02/2020", parse.AnyOrder, ""},
		{"31/02/2020", parse.DayFirst, ""},
		{"31/12/2011", parse.MonthFirst, ""},
		{"12/31/2011", parse.DayFirst, ""},
		{"03/04/2011", parse.YearFirst, ""},
		{"13/13/2011", parse.AnyOrder, ""},
		{"45/01/2011", parse.AnyOrder, ""},
		{"33/01/2011", parse.DayFirst, ""},
		{"0/1/2011", parse.AnyOrder, ""},
		{"2011-00-10", parse.AnyOrder, ""},
		{"2011-13-10", parse.AnyOrder, ""},
		{"2011-34-10", parse.AnyOrder, ""},
		{"20111310", parse.AnyOrder, ""},
		{"0000-01-01", parse.AnyOrder, ""},
		{"2011-12/10", parse.AnyOrder, ""},
		{"2011-12", parse.AnyOrder, ""},
		{"2011-12-", parse.AnyOrder, ""},
		{"2011-12-10x", parse.AnyOrder, ""},
		{"2011-12-10 soon", parse.AnyOrder, ""},
		{"2011-12-10 8:xx", parse.AnyOrder, ""},
		{"1/2/345", parse.AnyOrder, ""},
		{"123456789", parse.AnyOrder, ""},
		{"14 Jun 2009", parse.AnyOrder, "2009-06-14"},
		{"June 14, 2009", parse.DayFirst, "2009-06-14"},
		{"14JUN09:17:58:34", parse.AnyOrder, "2009-06-14"},
		{"14JUN2009:17:58:34.120", parse.AnyOrder, "2009-06-14"},
		{"14-Jun-09", parse.MonthFirst, "2009-06-14"},
		{"Sat Jun 14 10:22:00 UTC 2009", parse.AnyOrder, "2009-06-14"},
		{"Saturday, 14th of June 2009 10:22 PM", parse.AnyOrder, "2009-06-14"},
		{"2009-Jun-14", parse.AnyOrder, "2009-06-14"},
		{"3. März 2011", parse.AnyOrder, "2011-03-03"},
		{"1 août 2016", parse.AnyOrder, "2016-08-01"},
		{"31 Feb 2011", parse.AnyOrder, ""},
		{"33 Jan 2011", parse.AnyOrder, ""},
		{"14 Foo 2009", parse.AnyOrder, ""},
		{"1 Jany 2024", parse.AnyOrder, ""},
		{"1 Margin 2024", parse.AnyOrder, ""},
		{"1 jui 2024", parse.AnyOrder, ""}, // June or July, in French
		{"1 juil. 2024", parse.AnyOrder, "2024-07-01"},
		{"1 Sept. 2024", parse.AnyOrder, "2024-09-01"},
		{"1 de outubro de 2024", parse.AnyOrder, "2024-10-01"},
		{"1 mrt 2024", parse.AnyOrder, "2024-03-01"},
		{"Jun 2009", parse.AnyOrder, ""},
		{"2016年8月1日", parse.AnyOrder, "2016-08-01"},
		{"2016年08月01日 11:05:00", parse.AnyOrder, "2016-08-01"},
		{"2016年8月1日星期一", parse.AnyOrder, "2016-08-01"},
		{"16年8月1号", parse.AnyOrder, "2016-08-01"},
		{"2016年13月1日", parse.AnyOrder, ""},
		{"2016年8月", parse.AnyOrder, ""},
		{"２０１６／８／１", parse.AnyOrder, "2016-08-01"},
		{"20110304123000", parse.AnyOrder, "2011-03-04"},
		{"201103041230", parse.AnyOrder, "2011-03-04"},
		{"20110304993000", parse.AnyOrder, ""},
		{"2024-13-02", parse.YearFirst, ""},
		{"2024-13-02", parse.YearDayFirst, "2024-02-13"},
		{"2024-13-02", parse.YearFirst, ""},
		{"2024-02-13", parse.YearDayFirst, ""},
		{"97/01/02", parse.DayFirst, ""},
		{"2567-01-05", parse.AnyOrder, "2024-01-05"},
		{"05/01/2567", parse.DayFirst, "2024-01-05"},
		{"29/02/2567", parse.DayFirst, "2024-02-29"},
		{"40908", parse.ExcelSerial, "2011-12-31"},
		{"40908.75", parse.ExcelSerial, "2011-12-31"},
		{"12", parse.ExcelSerial, ""},
		{"99999999", parse.ExcelSerial, ""},
		{"1325289600", parse.UnixSeconds, "2011-12-31"},
		{"1325289600000", parse.Milliseconds, "2011-12-31"},
		{"-5", parse.UnixSeconds, ""},
		{"2011-12-31", parse.UnixSeconds, ""},
		{"12345", parse.AnyOrder, ""},
		{"", parse.AnyOrder, ""},
		{"/", parse.AnyOrder, ""},
		{"1//2011", parse.AnyOrder, ""},
	} {
		got := ""
		date, ok := parse.ParseDate([]byte(test.text), test.order)
		if ok {
			for _, order := range []parse.DateOrder{parse.DayFirst, parse.MonthFirst, parse.YearFirst} {
				if test.order != parse.AnyOrder {
					order = test.order
				}
				day, exists := date.Day(order)
				switch {
				case order < parse.ExcelSerial && !date.Orders().Has(order) || !exists:
				case got == "":
					got = day.String()
				case got != day.String():
					got = undecided
				}
			}
		}
		if got != test.want {
			t.Errorf("%q, %s: got %q, want %q", test.text, test.order, got, test.want)
		}
	}
}

func TestDateOrders(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"31/12/2011": "dmy", "12/31/2011": "mdy", "3/4/2011": "dmy mdy", "4/4/2011": "dmy mdy",
		"2011-04-03": "dmy mdy ymd ydm", "2011-04-13": "dmy mdy ymd", "2011-13-04": "ydm", "2011-12-31 10:00": "dmy mdy ymd",
		"3/4/11": "dmy mdy ymd", "11-12-13": "dmy mdy ymd", "23-12-31": "dmy ymd", "31.12.23": "dmy ymd", "12/31/23": "mdy", "97-01-02": "ymd", "29-02-23": "ymd",
		"14 Jun 2009": "dmy mdy ymd ydm", "20110304": "dmy mdy ymd ydm", "05-05-05": "dmy mdy ymd ydm",
	} {
		date, ok := parse.ParseDate([]byte(text), parse.AnyOrder)
		var got []string
		for _, order := range []parse.DateOrder{parse.DayFirst, parse.MonthFirst, parse.YearFirst, parse.YearDayFirst} {
			if date.Orders().Has(order) {
				got = append(got, order.Format())
			}
		}
		if shown := strings.Join(got, " "); !ok || shown != want {
			t.Errorf("%s: %s, want %s", text, shown, want)
		}
	}
	date, _ := parse.ParseDate([]byte("03/04/11"), parse.AnyOrder)
	for order, want := range map[parse.DateOrder]string{
		parse.DayFirst: "3 April 2011", parse.MonthFirst: "4 March 2011", parse.YearFirst: "11 April 2003",
	} {
		if got := date.Reading(order); got != want {
			t.Errorf("%s: %s, want %s", order, got, want)
		}
	}
}

func TestParseDateOrder(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]parse.DateOrder{
		"": parse.AnyOrder, "dmy": parse.DayFirst, "MDY": parse.MonthFirst, "yyyy-mm-dd": parse.YearFirst,
		"dd/mm/yyyy": parse.DayFirst, "yyyy-dd-mm": parse.YearDayFirst, "%m/%d/%Y": parse.MonthFirst,
	} {
		if got, err := parse.ParseDateOrder(text); err != nil || got != want {
			t.Errorf("%q: %s, %v", text, got, err)
		}
	}
	for _, text := range []string{"dm", "myd", "02/01/2006", "europe"} {
		if _, err := parse.ParseDateOrder(text); model.CodeOf(err) != model.Usage {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// A date that is accepted has a day, and is the day that its digits say.
func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{
		"2011-12-10", "3/4/11 8:26", "20111210T00:00Z", "31/02/2020", "99.1.1",
		"14 Jun 2009", "June 14th, 2009 10:22 PM", "14JUN09:17:58:34", "3. März 2011", "2016年8月1日 11:05", "２０１６／８／１", "20110304123000",
		"40908.75", "1325289600", "1325289600000", "Sat Jun 14 10:22:00 UTC 2009",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, order := range []parse.DateOrder{parse.DayFirst, parse.MonthFirst, parse.YearFirst, parse.ExcelSerial, parse.UnixSeconds, parse.Milliseconds} {
			date, ok := parse.ParseDate([]byte(text), order)
			if !ok {
				continue
			}
			day, exists := date.Day(order)
			again, err := model.ParseDay(day.String())
			if !exists || err != nil || again != day {
				t.Errorf("%q, %s: %v", text, order, day)
			}
			if _, ok := parse.ParseDate([]byte(text), parse.AnyOrder); !ok && order < parse.ExcelSerial {
				t.Errorf("%q is a date %s, but not in any order", text, order)
			}
		}
		if date, ok := parse.ParseDate([]byte(text), parse.AnyOrder); ok {
			if date.Orders() == 0 {
				t.Errorf("%q has no reading", text)
			}
			for _, order := range []parse.DateOrder{parse.DayFirst, parse.MonthFirst, parse.YearFirst, parse.YearDayFirst} {
				if _, ok := date.Day(order); date.Orders().Has(order) && !ok {
					t.Errorf("%q can be read as %s, but is no date then", text, order)
				}
			}
			if form := parse.FormOf([]byte(text)); form >= parse.Forms {
				t.Errorf("%q has form %d", text, form)
			}
		}
	})
}

// Two digits of the year before day and month are read where it is said so.
func TestShortYearBeforeDayAndMonth(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"24-15-01": "2024-01-15", "24/03/02": "2024-02-03", "24-01-15": ""} {
		got := ""
		if date, ok := parse.ParseDate([]byte(text), parse.YearDayFirst); ok {
			if day, ok := date.Day(parse.YearDayFirst); ok {
				got = day.String()
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
