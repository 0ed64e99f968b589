package answer_test

import (
	"errors"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"strata/model"
	"strata/model/answer"
	"strata/model/answer/csv"
	"strata/model/answer/html"
	"strata/model/answer/json"
	"strata/model/answer/markdown"
	"strata/model/answer/text"
)

// who is a customer of a made-up answer.
type who struct {
	name           string
	orders, of     int64
	spent          model.Money
	lately, hidden bool
}

// all is an answer with one of everything, and names that every medium would take
// for its own.
func all() *answer.Document {
	rows := answer.Slice[who]{
		{"=1+1 | <b>&amp;</b>", 3, 4, 1_234_500, true, false},
		{"  # *客户*\x1b[2J_a_", 1, 4, -50_000, false, true},
	}
	columns := []answer.Column[who]{
		{Key: "name", Title: "Customer <1>", Means: `who "bought"`, In: answer.Everyone, Of: func(w who) answer.Value { return answer.Text(w.name) }},
		{Key: "orders", Title: "orders", Short: "o.", In: answer.Everyone, Of: func(w who) answer.Value { return answer.Count(w.orders) }},
		{Key: "share", Title: "share", Light: 1, In: answer.Everyone, Of: func(w who) answer.Value { return answer.Share(w.orders, w.of) }},
		{Key: "spent", Title: "spent", Light: 2, In: answer.Everyone, Of: func(w who) answer.Value { return answer.Money(w.spent).As(answer.Exact) }},
		{Key: "since", Title: "since", In: answer.Machines, Of: func(who) answer.Value { return answer.Value{} }},
		{Key: "lately", In: answer.JSON, Optional: true, Of: func(w who) answer.Value { return answer.If(w.lately, answer.Flag(true)) }},
		{Key: "inner", In: answer.JSON, Object: func(w who) *answer.Document {
			if w.hidden {
				return nil
			}
			return new(answer.Document).Field("mean", answer.Number(0.5)).Field("at", answer.Decimal("2.50", true)).Field("cut", answer.Decimal("2.5", false))
		}},
		{Key: "tags", In: answer.JSON, List: func(w who) []answer.Value { return []answer.Value{answer.Text("a&b"), answer.Count(int8(2))} }},
	}
	t := answer.TableOf("customers", rows, columns)
	t.Symbol, t.Caption, t.Note = "£", "Who bought", "as of today"
	d := &answer.Document{Title: "A & B", Flat: "customers"}
	d.Say("first <line>", "second\x1b]0;line").Say("1. one", "- two", "2.5 three", "=====").Field("as_of", answer.Text("2025-01-01")).Field("none", answer.Value{})
	d.List("list", []answer.Value{}).Group("group", answer.Fields(rows[0], columns[1:3])).Group("nothing", nil)
	d.Group("lately", answer.Fields(rows[0], columns[5:6])).Group("formerly", answer.Fields(rows[1], columns[5:6]))
	return d.Table(t, answer.Everyone).Warnings(nil)
}

func written(t *testing.T, write func(io.Writer) error) string {
	t.Helper()
	var out strings.Builder
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestEveryMedium(t *testing.T) {
	t.Parallel()
	apostrophe := func(s string) string {
		if strings.HasPrefix(s, "=") {
			return "'" + s
		}
		return s
	}
	for name, c := range map[string]struct {
		write func(io.Writer) error
		want  string
	}{
		"text": {func(w io.Writer) error { return text.Write(w, all(), text.Room{}) }, `first <line>
second�]0;line

1. one
- two
2.5 three
=====

Who bought
Customer <1>         orders  share    spent
=1+1 | <b>&amp;</b>       3  75.0%  £123.45
  # *客户*�[2J_a_         1  25.0%   −£5.00
as of today
`},
		"narrow text": {func(w io.Writer) error { return text.Write(w, all(), text.Room{Width: 33}) }, `first <line>
second�]0;line

1. one
- two
2.5 three
=====

Who bought
Customer <1>         o.  share
=1+1 | <b>&amp;</b>   3  75.0%
  # *客户*�[2J_a_     1  25.0%
left out for lack of room: spent;
  widen the window, or use
  --format csv
as of today
`},
		"csv": {
			func(w io.Writer) error { return csv.Write(w, all(), apostrophe) },
			"name,orders,share,spent,since\n'=1+1 | <b>&amp;</b>,3,0.75,123.45,\n\"  # *客户*\x1b[2J_a_\",1,0.25,-5.00,\n",
		},
		"json": {func(w io.Writer) error { return json.Write(w, all()) }, `{
  "as_of": "2025-01-01",
  "none": null,
  "list": [],
  "group": {
    "orders": 3,
    "share": 0.75
  },
  "nothing": null,
  "lately": {
    "lately": true
  },
  "formerly": {},
  "customers": [
    {
      "name": "=1+1 | <b>&amp;</b>",
      "orders": 3,
      "share": 0.75,
      "spent": "123.45",
      "since": null,
      "lately": true,
      "inner": {
        "mean": 0.5,
        "at": "2.50",
        "cut": 2.5
      },
      "tags": [
        "a&b",
        2
      ]
    },
    {
      "name": "  # *客户*\u001b[2J_a_",
      "orders": 1,
      "share": 0.25,
      "spent": "-5.00",
      "since": null,
      "inner": null,
      "tags": [
        "a&b",
        2
      ]
    }
  ],
  "warnings": []
}
`},
		"markdown": {func(w io.Writer) error { return markdown.Write(w, all()) }, `## A \& B

first \<line\>\
second�\]0;line

1\. one\
\- two\
2.5 three\
\=====

**Who bought**

| Customer \<1\> | orders | share | spent |
| --- | ---: | ---: | ---: |
| =1+1 \| \<b\>\&amp;\</b\> | 3 | 75.0% | £123.45 |
| &ensp;&ensp;\# \*客户\*�\[2J\_a\_ | 1 | 25.0% | −£5.00 |

as of today

`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := written(t, c.write); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// A page of HTML has all texts as texts.
func TestHTMLIsAPage(t *testing.T) {
	t.Parallel()
	got := written(t, func(w io.Writer) error { return html.Write(w, all()) })
	for _, want := range []string{
		"<title>A &amp; B</title>", "<p>first &lt;line&gt;<br>\nsecond�]0;line</p>", "<caption>Who bought</caption>",
		`<th scope="col" title="who &#34;bought&#34;">Customer &lt;1&gt;</th><th scope="col" class="figure">orders</th>`,
		`<tr><th scope="row">=1+1 | &lt;b&gt;&amp;amp;&lt;/b&gt;</th><td class="figure">3</td><td class="figure">75.0%</td><td class="figure">£123.45</td></tr>`,
		"&ensp;&ensp;# *客户*�[2J_a_", "<p>as of today</p>", "default-src 'none'",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if strings.Contains(got, "<b>") || strings.Contains(got, "\x1b") {
		t.Errorf("a text comes through as HTML:\n%s", got)
	}
}

// What stands around a table may be from a file, too.
func TestWhatStandsAroundATable(t *testing.T) {
	t.Parallel()
	const hostile = "a<b>&\"'|`*\u202e"
	table := answer.TableOf("rows", many(1), []answer.Column[int]{{
		Key: hostile, Title: hostile, Means: hostile, In: answer.Everyone, Of: func(int) answer.Value { return answer.Text(hostile) },
	}})
	table.Caption, table.Note = hostile, hostile
	d := (&answer.Document{Title: hostile, Flat: "rows"}).Table(table, answer.Everyone).File(answer.Page, hostile)
	page := "a&lt;b&gt;&amp;&#34;&#39;|`*\ufffd"
	got := written(t, func(w io.Writer) error { return html.Write(w, d) })
	for _, want := range []string{
		"<title>" + page + "</title>", "<h1>" + page + "</h1>", "<caption>" + page + "</caption>",
		`<th scope="col" title="` + page + `">` + page + "</th>", `<th scope="row">` + page + "</th>", "<p>" + page + "</p>", "<pre>" + page + "\n</pre>",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	const mark = "a\\<b\\>\\&\"'\\|\\`\\*\ufffd"
	want := "## " + mark + "\n\n**" + mark + "**\n\n| " + mark + " |\n| --- |\n| " + mark + " |\n\n" + mark + "\n\n    a<b>&\"'|`*\ufffd\n\n"
	if got := written(t, func(w io.Writer) error { return markdown.Write(w, d) }); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	const text = `"a<b>&\"'|` + "`" + `*\u202e"`
	if got, want := written(t, func(w io.Writer) error { return json.Write(w, d) }), "{\n  \"rows\": [\n    {\n      "+text+": "+text+"\n    }\n  ]\n}\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	bare := (&answer.Document{Bare: true}).Table(table, answer.JSON)
	if got, want := written(t, func(w io.Writer) error { return json.Write(w, bare) }), "[\n  {\n    "+text+": "+text+"\n  }\n]\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What is joined has no blank line before it in a text; a page has its own way.
func TestJoinedParts(t *testing.T) {
	t.Parallel()
	list := answer.TableOf("list", many(1), []answer.Column[int]{{Title: "n", In: answer.People, Of: func(i int) answer.Value { return answer.Count(i) }}})
	d := new(answer.Document).Say("above").Table(list, answer.People).Joined().Say("below").Joined().Say("apart")
	if got, want := written(t, func(w io.Writer) error { return text.Write(w, d, text.Room{}) }), "above\nn\n0\nbelow\n\napart\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := written(t, func(w io.Writer) error { return markdown.Write(w, d) }), "above\n\n| n |\n| ---: |\n| 0 |\n\nbelow\n\napart\n\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A file is shown as it stands, and what is in it is no markup.
func TestFiles(t *testing.T) {
	t.Parallel()
	d := new(answer.Document).File(answer.People, "a: <b>\n\n  - ```\x1b[2J\n")
	for name, c := range map[string]struct {
		write func(io.Writer) error
		want  string
	}{
		"text":     {func(w io.Writer) error { return text.Write(w, d, text.Room{}) }, "a: <b>\n\n  - ```�[2J\n"},
		"markdown": {func(w io.Writer) error { return markdown.Write(w, d) }, "    a: <b>\n\n      - ```�[2J\n\n"},
		"html":     {func(w io.Writer) error { return html.Write(w, d) }, "<pre>a: &lt;b&gt;\n\n  - ```�[2J\n</pre>\n"},
	} {
		if got := written(t, c.write); !strings.HasSuffix(strings.TrimSuffix(got, "</body>\n</html>\n"), c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Where there is colour, cells have that of their tone and stand where they stood
// without; what is written is no other sequence, whatever the data hold.
func TestTones(t *testing.T) {
	t.Parallel()
	tiers := answer.Slice[model.Tier]{model.TierHigh, model.TierMid, model.TierLow, model.TierNone}
	d := new(answer.Document).Table(answer.TableOf("tiers", tiers, []answer.Column[model.Tier]{
		{Title: "tier", In: answer.People, Tone: answer.ToneOf, Of: func(t model.Tier) answer.Value { return answer.Text("  " + t + "\x1b[31m") }},
		{Title: "n", In: answer.People, Of: func(t model.Tier) answer.Value { return answer.Count(len(t)) }},
		{Title: "why", In: answer.People, Tone: func(model.Tier) answer.Tone { return answer.Dim }, Of: func(model.Tier) answer.Value { return answer.Text("") }},
	}), answer.People)
	plain := written(t, func(w io.Writer) error { return text.Write(w, d, text.Room{}) })
	got := written(t, func(w io.Writer) error { return text.Write(w, d, text.Room{Color: true}) })
	want := "tier         n  why\n" +
		"  \x1b[33mhigh�[31m\x1b[39m  4\n  \x1b[36mmid�[31m\x1b[39m   3\n  \x1b[95mlow�[31m\x1b[39m   3\n  none�[31m  4\n"
	if got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if bare := text.Colors.ReplaceAllString(got, ""); bare != plain || strings.Contains(bare, "\x1b") {
		t.Errorf("without colour\n%q\nwant\n%q", bare, plain)
	}
}

// many are rows that nobody has stored.
type many int

func (m many) Len() int   { return int(m) }
func (many) At(i int) int { return i }

// A list that is all of the answer is written as it is looked up, and alike whether
// it is long, of one row or empty.
func TestBareLists(t *testing.T) {
	t.Parallel()
	list := func(n int) *answer.Document {
		d := &answer.Document{Bare: true, Flat: "rows"}
		return d.Table(answer.TableOf("rows", many(n), []answer.Column[int]{
			{Key: "n", Title: "n", In: answer.Everyone, Of: func(i int) answer.Value { return answer.Count(i) }},
		}), answer.Everyone)
	}
	for n, want := range map[int]string{0: "[]\n", 1: "[\n  {\n    \"n\": 0\n  }\n]\n", 2: "[\n  {\n    \"n\": 0\n  },\n  {\n    \"n\": 1\n  }\n]\n"} {
		if got := written(t, func(w io.Writer) error { return json.Write(w, list(n)) }); got != want {
			t.Errorf("%d rows: %s", n, got)
		}
	}
	if got := written(t, func(w io.Writer) error { return csv.Write(w, list(0), nil) }); got != "n\n" {
		t.Errorf("no rows: %q", got)
	}
	const long = 200_000
	if got := written(t, func(w io.Writer) error { return csv.Write(w, list(long), nil) }); strings.Count(got, "\n") != long+1 || !strings.HasSuffix(got, "\n199999\n") {
		t.Errorf("of %d rows there are %d", long, strings.Count(got, "\n")-1)
	}
}

// What is for a terminal is not on a page, and the other way round; what people are not
// told is nothing at all; a value of JSON may be what encodes itself, or rows.
func TestTerminalsAndPages(t *testing.T) {
	t.Parallel()
	inner := answer.TableOf("inner", many(1), []answer.Column[int]{{Key: "n", In: answer.JSON, Of: func(i int) answer.Value { return answer.Count(i) }}})
	columns := []answer.Column[int]{
		{Title: "mark", In: answer.Terminal, Of: func(int) answer.Value { return answer.Text("*") }},
		{Key: "n", Title: "n", In: answer.Everyone, Of: func(int) answer.Value { return answer.Value{}.Untold() }},
		{Title: "name", In: answer.Page, Of: func(int) answer.Value { return answer.Text("ann") }},
		{Key: "rows", In: answer.JSON, Encoded: func(int) any { return inner }},
		{Key: "reasons", In: answer.JSON, Encoded: func(int) any { return map[string]int{"b": 1, "a": 2} }},
	}
	d := new(answer.Document).SayIn(answer.Terminal, "on a terminal").SayIn(answer.Page, "on a page")
	d.Group("one", answer.Fields(0, columns)).Table(answer.TableOf("all", many(1), columns), answer.Everyone)
	row := `{"n":null,"rows":[{"n":0}],"reasons":{"a":2,"b":1}}`
	for want, write := range map[string]func(io.Writer) error{
		"on a terminal\n\nmark  n\n*\n":                             func(w io.Writer) error { return text.Write(w, d, text.Room{}) },
		"on a page\n\n| n | name |\n| ---: | --- |\n|  | ann |\n\n": func(w io.Writer) error { return markdown.Write(w, d) },
		`<p>on a page</p>` + "\n<table>":                            func(w io.Writer) error { return html.Write(w, d) },
		`<td class="figure"></td><td>ann</td>`:                      func(w io.Writer) error { return html.Write(w, d) },
		`{"one":` + row + `,"all":[` + row + `]}`:                   func(w io.Writer) error { return json.Write(w, d) },
	} {
		got := written(t, write)
		if strings.HasPrefix(got, "{") {
			got = strings.Join(strings.Fields(got), "")
		}
		if !strings.Contains(got, want) {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// Where rows are quoted, a terminal cuts them, and no column is left out.
func TestQuotedRowsAreCut(t *testing.T) {
	t.Parallel()
	table := answer.TableOf("rows", answer.Slice[string]{"C1,2024-01-02,5.00"}, []answer.Column[string]{
		{Title: "line", Light: 1, In: answer.People, Of: func(string) answer.Value { return answer.Count(2) }},
		{Title: "row", In: answer.People, Of: func(s string) answer.Value { return answer.Text(s) }},
	})
	for cut, want := range map[bool]string{true: "line  row\n   2  C1,2024…\n", false: "left out for\n  lack of\n  room: line;"} {
		table.Cut = cut
		if got := written(t, func(w io.Writer) error {
			return text.Write(w, new(answer.Document).Table(table, answer.People), text.Room{Width: 14})
		}); !strings.Contains(got, want) {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}

// endless are rows of which a medium that was stopped asks for few.
type endless struct{ asked *int }

func (endless) Len() int { return 1 << 40 }
func (e endless) At(i int) int {
	*e.asked++
	return i
}

// full is where no more than a little can be written.
type full struct{ room int }

func (f *full) Write(text []byte) (int, error) {
	if f.room -= len(text); f.room < 0 {
		return 0, io.ErrShortWrite
	}
	return len(text), nil
}

// A long list is not kept: whoever is stopped ends there.
func TestLongListsStop(t *testing.T) {
	t.Parallel()
	asked := 0
	d := &answer.Document{Bare: true, Flat: "rows"}
	d.Table(answer.TableOf("rows", endless{&asked}, []answer.Column[int]{
		{Key: "n", Title: "n", In: answer.Everyone, Of: func(i int) answer.Value { return answer.Count(i) }},
	}), answer.Everyone)
	stopped := func() error {
		if asked > 1_000 {
			return io.EOF
		}
		return nil
	}
	if err := text.Write(io.Discard, d, text.Room{Stopped: stopped}); !errors.Is(err, io.EOF) {
		t.Errorf("text: %v", err)
	}
	for name, write := range map[string]func(io.Writer) error{
		"csv":  func(w io.Writer) error { return csv.Write(w, d, nil) },
		"json": func(w io.Writer) error { return json.Write(w, d) },
	} {
		if err := write(&full{100_000}); !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if asked > 100_000 {
		t.Errorf("%d rows are looked up", asked)
	}
}

// counted are few rows that tell how often they were asked for.
type counted struct{ asked *int }

func (counted) Len() int { return 3 }
func (c counted) At(i int) who {
	*c.asked++
	return who{name: strings.Repeat("a", i), orders: int64(i)}
}

// A row is looked up once for all its columns, those that tell of a part of it
// included, and such a column keeps what it is.
func TestARowIsLookedUpOnce(t *testing.T) {
	t.Parallel()
	asked := 0
	of := answer.Column[int64]{Key: "n", Title: "number", Means: "m", In: answer.Machines, Optional: true, Of: func(n int64) answer.Value { return answer.If(n > 0, answer.Count(n)) }}
	object := answer.Column[int64]{Key: "o", In: answer.JSON, Object: func(n int64) *answer.Document { return new(answer.Document).Field("n", answer.Count(n)) }}
	list := answer.Column[int64]{Key: "l", In: answer.JSON, List: func(n int64) []answer.Value { return []answer.Value{answer.Count(n)} }}
	encoded := answer.Column[int64]{Key: "e", In: answer.JSON, Encoded: func(n int64) any { return n }}
	orders := func(w who) int64 { return w.orders }
	d := &answer.Document{Bare: true, Flat: "rows"}
	d.Table(answer.TableOf("rows", counted{&asked}, []answer.Column[who]{
		{Key: "name", In: answer.Machines, Of: func(w who) answer.Value { return answer.Text(w.name) }},
		answer.Through(orders, of), answer.Through(orders, object), answer.Through(orders, list), answer.Through(orders, encoded),
	}), answer.Machines)
	if got, want := written(t, func(w io.Writer) error { return csv.Write(w, d, nil) }), "name,n\n,\na,1\naa,2\n"; got != want || asked != 3 {
		t.Errorf("%q, want %q; asked %d times", got, want, asked)
	}
	asked = 0
	want := `[{"name":"","o":{"n":0},"l":[0],"e":0},{"name":"a","n":1,"o":{"n":1},"l":[1],"e":1},{"name":"aa","n":2,"o":{"n":2},"l":[2],"e":2}]`
	if got := strings.Join(strings.Fields(written(t, func(w io.Writer) error { return json.Write(w, d) })), ""); got != want || asked != 3 {
		t.Errorf("%s, want %s; asked %d times", got, want, asked)
	}
}

// weighing notes the most memory that is in use while it is written to.
type weighing struct {
	written, most uint64
	every         uint64
}

func (w *weighing) Write(text []byte) (int, error) {
	if before := w.written / w.every; before != (w.written+uint64(len(text)))/w.every {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		w.most = max(w.most, m.HeapAlloc)
	}
	w.written += uint64(len(text))
	return len(text), nil
}

// No medium keeps the rows of a long list: what one takes does not depend on how many
// there are.
func TestLongListsTakeNoMemory(t *testing.T) { //nolint:paralleltest // memory is counted
	takes := func(rows many, write func(io.Writer, *answer.Document) error) uint64 {
		d := &answer.Document{Bare: true, Flat: "rows"}
		d.Table(answer.TableOf("rows", rows, []answer.Column[int]{
			{Key: "customer", Title: "customer", In: answer.Everyone, Of: func(n int) answer.Value { return answer.Text("C" + strconv.Itoa(n)) }},
			{Key: "spent", Title: "spent", In: answer.Everyone, Of: func(n int) answer.Value { return answer.Money(model.Money(n)) }},
		}), answer.Everyone)
		w := &weighing{every: uint64(rows) * 3}
		if err := write(w, d); err != nil {
			t.Fatal(err)
		}
		return w.most
	}
	for name, write := range map[string]func(io.Writer, *answer.Document) error{
		"text":     func(w io.Writer, d *answer.Document) error { return text.Write(w, d, text.Room{Width: 80}) },
		"csv":      func(w io.Writer, d *answer.Document) error { return csv.Write(w, d, nil) },
		"json":     json.Write,
		"markdown": markdown.Write,
		"html":     html.Write,
	} {
		few, all := takes(1_000, write), takes(100_000, write)
		if all > few+1<<20 {
			t.Errorf("%s: 1,000 rows take %d bytes, 100,000 take %d", name, few, all)
		}
	}
}
