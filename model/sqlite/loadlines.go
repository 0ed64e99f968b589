package sqlite

import (
	"context"
	"errors"
	"math"
	"slices"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Lines returns the kept lines with the named line attributes.
func (w *Workspace) Lines(ctx context.Context, attributes ...string) (*model.Lines, error) {
	var out model.Lines
	err := w.load(ctx, func(r *columnReader, have *loadedColumns) error {
		if have.lines == nil {
			if err := have.loadLines(r); err != nil {
				return err
			}
		}
		out = model.Lines{Start: have.lines.Start, Amount: have.lines.Amount, Refund: have.lines.Refund, Flags: have.lines.Flags, Cost: have.lines.Cost}
		var err error
		out.Attributes, err = have.named(r, model.OfLine, attributes, have.lines.Len())
		return err
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// loadedLines are the lines read so far, without attributes, and where those of
// each order begin as the orders are numbered.
type loadedLines struct {
	model.Lines
	from   []int32 // by number of the order; Start itself when the orders stand as numbered
	number []int32 // as columns.number
}

// loadLines reads the lines without attributes.
func (have *loadedColumns) loadLines(r *columnReader) error {
	if r.q == nil {
		return errNotLoaded
	}
	if !have.numbered {
		var err error
		if have.number, err = r.numbers(have.of); err != nil {
			return err
		}
		have.numbered = true
	}
	var all sourceLines
	for _, b := range have.of.brought {
		s, err := have.ofSource(r, b)
		if err != nil {
			return err
		}
		all.count, all.amount = joined(all.count, s.count), joined(all.amount, s.amount)
		all.flags, all.refund = joined(all.flags, s.flags), joined(all.refund, s.refund)
		if have.of.costed() {
			if s.cost == nil {
				s.cost = make([]model.Money, len(s.amount))
			}
			all.cost = joined(all.cost, s.cost)
		}
	}
	if len(all.amount) > math.MaxInt32 {
		return model.Errorf(model.Invalid, "{lines} order lines are more than the {limit} that can be filtered", "lines", words.Count(int64(len(all.amount))), "limit", words.Count(math.MaxInt32)).
			WithHint("split the files over several workspaces")
	}
	l := &loadedLines{from: make([]int32, len(all.count)+1), number: have.number}
	for i, n := range all.count {
		l.from[i+1] = l.from[i] + n
	}
	l.Start = l.from
	if l.number != nil {
		l.Start = make([]int32, len(l.from))
		for i, order := range l.number {
			l.Start[i+1] = l.Start[i] + all.count[order]
		}
	}
	l.Amount, l.Flags, l.Cost = regrouped(l, all.amount), regrouped(l, all.flags), regrouped(l, all.cost)
	if slices.ContainsFunc(all.refund, func(m model.Money) bool { return m != 0 }) {
		l.Refund = regrouped(l, all.refund)
	}
	have.lines = l
	return nil
}

// joined appends values, or takes them where there are none yet.
func joined[T any](all, values []T) []T {
	if all == nil {
		return slices.Clip(values)
	}
	return append(all, values...)
}

// regrouped puts values of lines, which stand as the orders are numbered, into
// the order of the orders.
func regrouped[T any](l *loadedLines, values []T) []T {
	if l.number == nil || values == nil {
		return values
	}
	out := make([]T, 0, len(values))
	for _, order := range l.number {
		out = append(out, values[l.from[order]:l.from[order+1]]...)
	}
	return out
}

// lineCodes reads a line attribute.
func (have *loadedColumns) lineCodes(r *columnReader, column string) (*model.Codes, error) {
	if r.q == nil {
		return nil, errNotLoaded
	}
	all := model.Codes{Words: []string{""}}
	first := int64(0) // number of the source's first order
	for _, b := range have.of.brought {
		rows := int(have.lines.from[first+b.orders] - have.lines.from[first])
		first += b.orders
		codes, err := have.codesOfSource(r, b, column, rows)
		if err != nil {
			return nil, err
		}
		if all.Code == nil {
			all = model.Codes{Words: codes.Words, Code: slices.Clip(codes.Code)}
			continue
		}
		words, recode := joinWords(all.Words, codes.Words)
		all.Words = words
		for _, code := range codes.Code {
			all.Code = append(all.Code, recode[code])
		}
	}
	if all.Code = regrouped(have.lines, all.Code); all.Code == nil {
		all.Code = []uint32{}
	}
	return &all, nil
}

// codesOfSource reads a line attribute of one source's lines.
func (have *loadedColumns) codesOfSource(r *columnReader, b brought, column string, rows int) (*model.Codes, error) {
	if b.source < have.of.since[column] || rows == 0 {
		return &model.Codes{Words: []string{""}, Code: make([]uint32, rows)}, nil
	}
	if made := have.made[b.source]; made == nil {
		codes, err := lineChunks.reader(r.ctx, r.q, b.source).codes(attributeColumn(model.OfLine, column), rows)
		if !errors.Is(err, errChunk) {
			return codes, err
		}
		have.doubtful = have.doubtful || errors.Is(err, errDamagedChunk)
	}
	made, err := have.makeLines(r, b)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(made.attributes, func(c codedColumn) bool { return c.column == column })
	if i < 0 {
		return nil, damaged("the lines of source {source} have no column {column:q}", "source", b.source, "column", column)
	}
	if codes := &made.attributes[i].codes; len(codes.Code) == rows {
		return codes, nil
	}
	return nil, damaged("source {source} has {lines} lines, and had {rows}", "source", b.source, "lines", len(made.amount), "rows", rows)
}

// ofSource reads the lines of one source without attributes.
func (have *loadedColumns) ofSource(r *columnReader, b brought) (*sourceLines, error) {
	if have.of.version >= lineStep && have.made[b.source] == nil {
		s, err := readSourceLines(lineChunks.reader(r.ctx, r.q, b.source), b)
		if !errors.Is(err, errChunk) {
			return s, err
		}
		have.doubtful = have.doubtful || errors.Is(err, errDamagedChunk)
	}
	return have.makeLines(r, b)
}

func readSourceLines(r *columnReader, b brought) (s *sourceLines, err error) {
	s = &sourceLines{}
	if s.count, err = readColumn[int32](r, lineCountColumn, int(b.orders)); err != nil {
		return nil, err
	}
	rows := 0
	for _, n := range s.count {
		if rows += int(n); n < 0 || rows > math.MaxInt32 { // before anything is allocated for them
			return nil, errDamagedChunk
		}
	}
	if s.amount, err = readColumn[model.Money](r, lineAmountColumn, rows); err != nil {
		return nil, err
	}
	if s.flags, err = readColumn[model.OrderFlag](r, lineFlagsColumn, rows); err != nil {
		return nil, err
	}
	if s.refund, err = readColumn[model.Money](r, lineRefundColumn, rows); err != nil {
		return nil, err
	}
	if b.costed && rows > 0 {
		s.cost, err = readColumn[model.Money](r, lineCostColumn, rows)
	}
	return s, err
}

// makeLines makes the columns of a source's lines anew from the table: the slow
// way, taken when the stored ones are missing or damaged.
func (have *loadedColumns) makeLines(r *columnReader, b brought) (*sourceLines, error) {
	if made := have.made[b.source]; made != nil {
		return made, nil
	}
	made, err := scanLines(r.ctx, r.q, have.of, b)
	if err != nil {
		return nil, err
	}
	sums := lineChunks.adder(b.source)
	made.columns(sums, have.of.attributes)
	what := catalogue.T("the lines of source {source}", "source", b.source)
	if err := fitsSeal(r.ctx, r.q, have.of.version, lineSeal(b.source), sums.sums, what); err != nil {
		return nil, err
	}
	if have.made == nil {
		have.made = map[int64]*sourceLines{}
	}
	have.made[b.source] = made
	have.unstored = append(have.unstored, b.source)
	return made, nil
}
