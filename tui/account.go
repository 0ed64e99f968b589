package tui

import (
	"path/filepath"
	"slices"
	"strings"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
	"strata/tui/component/cells"
	"strata/tui/component/dialog"
	"strata/tui/component/figure"
	"strata/tui/component/pane"
	"strata/tui/session"
	"strata/tui/theme"
)

// accountFact is a line of the account of an import.
type accountFact struct {
	label, text string
	style       theme.Style
	more        string // after the text, in the second voice
	rest        bool   // of the value above
}

// leastUncovered is how many lines more than half of the screen the account
// leaves to it, its borders included.
const leastUncovered = 6

// leastTold is how many lines of the account are told on the smallest screen:
// what was read and what was refused.
const leastTold = 2

// labelWidth is the width of the labels of an account.
const labelWidth = 11

// accountHeight is how many lines of a body the account of an import takes.
func (w *workbench) accountHeight(body int) int {
	const borders = 2
	width, _ := pane.Pane{Width: w.width}.Inner()
	facts := min(len(w.accountFacts(width)), max((body+headHeight)/2-leastUncovered, leastTold))
	return min(facts+borders, body)
}

// accountStrip draws the account of an import below the screen in front. Any key
// takes it away and does what it does.
func (w *workbench) accountStrip() []string {
	p := pane.Pane{Title: catalogue.T("Imported {imported_files}", "imported_files", w.importedFiles()), Note: catalogue.T("any key continues"), Width: w.width, Height: w.stripHeight, Focused: true}
	width, height := p.Inner()
	facts := w.accountFacts(width)
	var content []string
	for _, f := range within(facts, height, width-labelWidth) {
		line := cells.NewLine(width).Put(w.theme.Dim, f.label).SkipTo(labelWidth)
		content = append(content, w.withKeys(w.withKeys(line, f.style, f.text), w.theme.Dim, f.more).String())
	}
	return p.Lines(w.theme, content)
}

// within are the facts for so many lines: where there are fewer, what goes on of a
// value is left out before a fact is, and the value says that it goes on.
func within(facts []accountFact, height, room int) []accountFact {
	for len(facts) > height {
		last := len(facts) - 1
		for last > 0 && !facts[last].rest {
			last--
		}
		if last == 0 {
			return facts[:height]
		}
		above := &facts[last-1]
		if end := above.more + " …"; above.more != "" && cells.Width(above.text+end) <= room {
			above.more = end
		} else if above.more == "" {
			above.text = cells.Fit(above.text+" …", room)
		}
		facts = slices.Delete(facts, last, last+1)
	}
	return facts
}

// closeStrip gives the room of the account back to the screen in front.
func (w *workbench) closeStrip() {
	if w.strip {
		w.strip = false
		w.fit()
	}
}

// importedFiles names what was imported.
func (w *workbench) importedFiles() string {
	sources := w.account.Sources
	if len(sources) == 1 {
		return filepath.Base(sources[0].Path)
	}
	return words.Plural(int64(len(sources)), "file", "files")
}

// accountFacts tells in so many cells what became of the rows, and what there is
// now.
func (w *workbench) accountFacts(width int) []accountFact {
	r := w.account.Rows()
	plain := func(label, text string) accountFact {
		return accountFact{label: label, text: text, style: w.theme.Text}
	}
	read := plain(catalogue.T("rows"), catalogue.T("{read} read · {accepted} accepted", "read", words.Count(r.Read), "accepted", words.Count(r.Accepted)))
	if r.Corrected > 0 {
		read.text += catalogue.T(" · {repaired} repaired", "repaired", words.Count(r.Corrected))
	}
	refused, money := w.refusedFacts(r, width)
	duplicates := plain(catalogue.T("duplicates"), catalogue.T("none"))
	if r.Duplicates > 0 {
		duplicates.text = words.Plural(r.Duplicates, "exact duplicate", "exact duplicates") + figure.Duplicates(r)
	}
	if r.Repeated > 0 {
		duplicates.text += catalogue.T(" · {rows} left out: an earlier file brought their orders", "rows", words.Plural(r.Repeated, "row", "rows"))
	}
	currency := plain(catalogue.T("currency"), w.info.Currency)
	if w.info.Currency == "" {
		currency = accountFact{label: catalogue.T("currency"), text: catalogue.T("not stated"), style: w.theme.Warning, more: catalogue.T("  set it with --currency EUR")}
	}
	if w.info.FirstDay != model.NoDay {
		currency.more += catalogue.T(" · days {first_day} to {last_day}", "first_day", w.info.FirstDay.String(), "last_day", w.info.LastDay.String())
	}
	var facts []accountFact
	for _, f := range []accountFact{read, refused, money, duplicates} {
		facts = append(facts, w.continued(f, width-labelWidth)...)
	}
	facts = append(facts, w.noticeFacts()...) // each on its line, as far as it goes: [w] has all
	return append(facts, w.continued(currency, width-labelWidth)...)
}

// continued is a fact on as many lines as its value takes, the others below the
// beginning of the value; what stands behind it goes on lines of its own where it
// has no room beside it.
func (w *workbench) continued(f accountFact, room int) []accountFact {
	if room <= 0 || cells.Width(f.text+f.more) <= room {
		return slices.DeleteFunc([]accountFact{f}, func(f accountFact) bool { return f.text == "" })
	}
	var facts []accountFact
	add := func(text string, style theme.Style) {
		for _, line := range cells.Wrap(cells.Clean(text), room) {
			facts = append(facts, accountFact{text: line, style: style, rest: len(facts) > 0 || f.label == ""})
		}
	}
	add(f.text, f.style)
	const between = " · "
	more := f.more
	for last := &facts[len(facts)-1]; more != ""; { // as many phrases as fit beside the value
		phrase := more
		if at := strings.Index(strings.TrimPrefix(more, between), between); at >= 0 {
			phrase = more[:len(more)-len(strings.TrimPrefix(more, between))+at]
		}
		if cells.Width(last.text+last.more+phrase) > room {
			break
		}
		last.more += phrase
		more = more[len(phrase):]
	}
	if more = strings.TrimPrefix(strings.TrimLeft(more, " "), "· "); more != "" {
		add(more, w.theme.Dim)
	}
	facts[0].label = f.label
	return facts
}

// noticesTold is how many notices the account tells; [w] has all.
const noticesTold = 2

// noticeFacts tells how many notices there are, and the first of them; those of
// the import go before those of the tiers.
func (w *workbench) noticeFacts() []accountFact {
	notices := w.namedNotices()
	if len(notices) == 0 {
		return []accountFact{{label: catalogue.T("notices"), text: catalogue.T("none"), style: w.theme.Text}}
	}
	all := words.Count(int64(len(notices)))
	facts := []accountFact{{label: catalogue.T("notices"), text: all, style: w.theme.Text, more: catalogue.T("  [w] lists them · {message}", "message", notices[0].Message)}}
	for _, n := range notices[1:min(len(notices), noticesTold)] {
		facts = append(facts, accountFact{text: n.Message, style: w.theme.Dim})
	}
	return facts
}

// refusedFacts tell how many rows were refused, and what they are worth; where
// that is too much for one line, on another one.
func (w *workbench) refusedFacts(r session.Rows, width int) (refused, money accountFact) {
	since := ""
	if r.Mended > 0 {
		since = catalogue.T(" · {rows} corrected since", "rows", words.Count(r.Mended))
	}
	if r.Refused == 0 {
		return accountFact{label: catalogue.T("refused"), text: catalogue.T("none") + since, style: w.theme.Text}, accountFact{}
	}
	rows := words.Plural(r.Refused, "row", "rows") + ", " + words.Share(r.Refused, r.Read) + since
	refused = accountFact{label: catalogue.T("refused"), text: "! " + rows, style: w.theme.Failure, more: "  [" + dataKey + "]"}
	if worth := figure.RefusedMoney(r, words.Symbol(w.currency())); worth != "" {
		if cells.Width(refused.text+" · "+worth+refused.more) <= width-labelWidth {
			refused.text += " · " + worth
		} else {
			money = accountFact{text: worth, style: w.theme.Failure}
			if cells.Width(worth) > width-labelWidth {
				money.text = figure.RefusedMoneyShort(r, words.Symbol(w.currency()))
			}
		}
	}
	if all := catalogue.T("{command} lists them", "command", refused.more); cells.Width(refused.text+all) <= width-labelWidth {
		refused.more = all
	}
	return refused, money
}

// noticesOfTiers are the notices of what is on the screen.
func (w *workbench) noticesOfTiers() []session.Notice {
	var named []session.Notice
	for _, n := range w.frame().Warnings {
		named = append(named, session.Notice{Message: n.Message})
	}
	return named
}

// namedNotices are all notices: those of the imports, then those of the tiers.
func (w *workbench) namedNotices() []session.Notice {
	return slices.Concat(w.told, w.noticesOfTiers())
}

// notice wraps a notice, below the names of its files.
func (w *workbench) notice(n session.Notice, width int) []string {
	lines := w.paragraph(n.Message, w.theme.Text, width)
	if len(n.Files) == 0 {
		return lines
	}
	return append(w.paragraph(strings.Join(n.Files, ", ")+":", w.theme.Dim, width), lines...)
}

// withKeys puts text on a line, keys in brackets in the colour of keys.
func (w *workbench) withKeys(line *cells.Line, style theme.Style, text string) *cells.Line {
	for text != "" {
		before, rest, found := strings.Cut(text, "[")
		key, after, closed := strings.Cut(rest, "]")
		if !found || !closed || cells.Width(key) != 1 {
			return line.Put(style, text)
		}
		line.Put(style, before).Put(w.theme.Accent, "["+key+"]")
		text = after
	}
	return line
}

// warnings lists what to know about the figures on the screen: what was refused,
// what limits them, what the imports had to tell, what is outside the tiers, what
// the tiers are warned of; nil without any.
func (w *workbench) warnings() *dialog.Dialog {
	f := w.frame()
	symbol := words.Symbol(w.currency())
	width := w.dialogWidth()
	var blocks [][]string
	if w.info.ReadOnly {
		blocks = append(blocks, w.paragraph(catalogue.T("{read_only}. [s] writes the scheme to a file.", "read_only", w.readOnly()), w.theme.Warning, width))
	}
	if w.rows.Refused > 0 {
		blocks = append(blocks, w.paragraph(w.refusedSentence(symbol), w.theme.Failure, width))
	}
	if limits := session.Counted(f.Scheme.Spec); len(limits) > 0 {
		blocks = append(blocks, w.paragraph(catalogue.T("What is counted: {limits}. [{key}] clears or changes that.", "limits", strings.Join(limits, " · "), "key", limitsKey), w.theme.Text, width))
	}
	if counts := f.BaselineCounts; counts != "" {
		blocks = append(blocks, w.paragraph(sentence(catalogue.T("the baseline counts other orders: {counts}", "counts", counts)), w.theme.Text, width))
	}
	if w.bench != nil {
		for _, warning := range w.bench.ChangeWarnings() {
			blocks = append(blocks, w.paragraph(sentence(catalogue.T("from {against} to now: {message}", "against", f.Against(), "message", warning.Message)), w.theme.Text, width))
		}
	}
	tell := func(notices []session.Notice) {
		for _, n := range notices {
			blocks = append(blocks, w.notice(n, width))
		}
	}
	tell(w.told)
	if len(f.Apart()) > 0 {
		blocks = append(blocks, w.wholeLines(f.Parts(), symbol, width))
	}
	tell(w.noticesOfTiers())
	if blocks == nil {
		return nil
	}
	var body []string
	for i, block := range blocks {
		if i > 0 {
			body = append(body, cells.Blank(width, 1)...)
		}
		body = append(body, block...)
	}
	return &dialog.Dialog{Title: catalogue.T("Warnings and caveats"), Body: body, Width: width, Through: []string{dataKey, limitsKey}}
}

// dataKey goes to the Data screen, limitsKey to what counts.
const (
	dataKey   = "9"
	limitsKey = "F"
)

// refusedSentence says what was refused, and where to see it.
func (w *workbench) refusedSentence(symbol string) string {
	text := "! " + figure.Refused(w.rows)
	if w.rows.Mended > 0 {
		text += catalogue.T(", {rows} corrected since", "rows", words.Count(w.rows.Mended))
	}
	if money := figure.RefusedMoney(w.rows, symbol); money != "" {
		text += " (" + money + ")"
	}
	if silent := w.rows.Refused - w.rows.RefusedValued; silent > 0 && w.rows.RefusedValued > 0 {
		text += "; " + words.Plural(silent, "of them has no amount of its own", "of them have no amount of their own")
	}
	return catalogue.T("{summary}. [{key}] shows which and why.", "summary", text, "key", dataKey)
}

// paragraph wraps a text, keys in brackets in the colour of keys.
func (w *workbench) paragraph(text string, style theme.Style, width int) []string {
	var lines []string
	for _, line := range cells.Wrap(cells.Clean(text), width) {
		lines = append(lines, w.withKeys(cells.NewLine(width), style, line).String())
	}
	return lines
}

// wholeLines shows how the tiers and what is in none add up to the workspace.
func (w *workbench) wholeLines(parts []session.WholePart, symbol string, width int) []string {
	const customersEnd, ordersEnd, valueEnd, indent = 28, 40, 58, 2
	head := cells.NewLine(width).PutRight(w.theme.Dim, catalogue.T("customers"), customersEnd)
	lines := []string{head.PutRight(w.theme.Dim, catalogue.T("orders"), ordersEnd).PutRight(w.theme.Dim, catalogue.T("amount"), valueEnd).String()}
	count := func(n int64) string {
		if n == 0 {
			return "·"
		}
		return words.Count(n)
	}
	for i, p := range parts {
		first, last := i == 0, i == len(parts)-1
		if !first && !last && p.Empty() {
			continue
		}
		style, value := w.theme.Text, words.Amount(p.Value, symbol)
		if first || last {
			style = w.theme.Strong
		}
		if p.Customers == 0 && p.Value == 0 {
			value = "·"
		}
		line := cells.NewLine(width).Put(style, p.Label).PutRight(style, count(p.Customers), customersEnd)
		lines = append(lines, line.PutRight(style, count(p.Orders), ordersEnd).PutRight(style, value, valueEnd).String())
		if p.Why != "" {
			for _, why := range cells.Wrap(cells.Clean(p.Why), width-indent) {
				lines = append(lines, cells.NewLine(width).Skip(indent).Put(w.theme.Dim, why).String())
			}
		}
	}
	return lines
}
