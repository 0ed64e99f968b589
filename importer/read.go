package importer

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"runtime"
	"strings"
	"sync"
	"time"

	"strata/importer/parse"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Read reads the whole file as planned, and settles in plan what only the whole
// file decides: the order of day and month, the decimal mark, the encoding,
// which amount counts, and what to warn of. Where that contradicts what the
// beginning made likely, the file is read again.
// report (may be nil) is called by the calling goroutine, often; its unit is
// bytes of the file as stored.
// Errors: Ambiguous (the file does not tell how it is to be read), Invalid (a
// bad row under --on-bad stop, no row accepted, an endless line), Corrupt
// (truncated gzip), Unreadable (also: changed while it was read), Cancelled.
func Read(ctx context.Context, in *Input, plan *Plan, report func(model.Progress)) (*model.Intake, error) {
	return read(ctx, in, plan, report, blockSize)
}

// errAgain says that the plan has changed and the file is to be read again.
var errAgain = errors.New(catalogue.T("the whole file contradicts its beginning"))

func read(ctx context.Context, in *Input, plan *Plan, report func(model.Progress), size int) (*model.Intake, error) {
	began := time.Now()
	const mostPasses = 6 // each settles one thing for good
	for range mostPasses {
		if err := in.again(); err != nil {
			return nil, err
		}
		warned := len(plan.Warnings)
		stage := &reading{input: in, plan: plan, report: report, signTold: none}
		intake, err := stage.pass(ctx, size)
		if changed := in.unchanged(); changed != nil {
			return nil, stage.failed(ctx, changed)
		}
		if errors.Is(err, errAgain) {
			plan.Warnings = append(plan.Warnings[:warned], stage.lasting...)
			continue
		}
		if err != nil {
			return nil, stage.failed(ctx, err)
		}
		intake.Source.Seconds = time.Since(began).Seconds()
		return intake, nil
	}
	return nil, model.Errorf(model.Internal, "{path} contradicts itself", "path", in.path)
}

// pass reads the file once. Error: errAgain, when it is to be read otherwise.
func (r *reading) pass(ctx context.Context, size int) (*model.Intake, error) {
	l := r.plan.layout()
	t := newTable(l, maphash.MakeSeed())
	r.memory = newMemoryBound()
	t.expect(r.memory.rows(r.input.expectedRows()))
	r.table = t
	if err := r.run(ctx, size); err != nil {
		return nil, err
	}
	for _, step := range []func() error{r.settleEncoding, r.settleMarks, r.anyBad, r.settleDates, r.settleZone, r.settlePeople, r.anyAccepted, r.settleLineTotals, r.settleSigns, r.meanings} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r.watched = nil // its columns go as soon as their orders are made
	r.tell(catalogue.T("assembling orders"))
	accepted := int64(t.rows())
	intake, err := kindOf(r.plan.Kind).roll(r, ctx)
	if err != nil {
		return nil, err
	}
	intake.Rejects = t.rejects
	r.notices(intake, accepted)
	intake.Currency = r.plan.Currency
	intake.NumbersRestart, intake.ValueOnce = r.plan.OrderNumbers == numbersRestart, r.plan.settled.amountOnce
	intake.Source = r.source(accepted)
	return intake, nil
}

// reading is one run over a file.
type reading struct {
	input  *Input
	plan   *Plan
	table  *table
	report func(model.Progress)

	dates    parse.DateOrder // as the whole column has it
	lasting  []model.Warning // of what made the file be read again
	signTold int             // the column by whose signs amounts were turned, or none
	memory   memoryBound
	watched  []watched // the columns that make no figures, once they are wanted
}

// run reads, parses and collects. One goroutine cuts the file into blocks,
// several parse them, and the caller's collects them in file order. When the
// collecting ends early the reading ends with the block it is at, and is waited
// for, as it may be keeping what a stream says.
func (r *reading) run(whole context.Context, size int) error {
	ctx, cancel := context.WithCancel(whole)
	defer cancel()
	workers := runtime.GOMAXPROCS(0)
	blocks := workers + 3 // one being read, one being collected, one waiting
	free := make(chan *block, blocks)
	for range blocks {
		free <- &block{done: make(chan struct{}, 1)}
	}
	if r.input.stream != nil {
		r.input.stream.GoOn(ctx)
		defer r.input.stream.GoOn(whole)
	}
	records, err := r.input.records(r.plan)
	if err != nil {
		return err
	}
	records.size = size
	toParse, inOrder := make(chan *block, blocks), make(chan *block, blocks)
	var readError error // set before inOrder is closed
	var handing sync.WaitGroup
	defer func() { cancel(); handing.Wait() }()
	handing.Go(func() {
		defer func() {
			if panicked := recover(); panicked != nil {
				readError = model.Unexpected(panicked)
			}
			close(toParse)
			close(inOrder)
		}()
		readError = handOut(ctx, records, free, toParse, inOrder)
	})
	for range workers {
		p := parser{source: records, layout: r.table.layout, path: r.input.path, seed: r.table.customers.seed}
		go func() {
			for b := range toParse {
				p.parseSafely(b)
				b.done <- struct{}{}
			}
		}()
	}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case b, more := <-inOrder:
			if !more {
				return readError
			}
			<-b.done
			if err := r.collect(b); err != nil {
				return err
			}
			free <- b
		}
	}
}

// handOut takes the blocks of a source and hands each to the parsers and to the
// collector.
func handOut(ctx context.Context, records source, free <-chan *block, toParse, inOrder chan<- *block) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case b := <-free:
			more, err := records.next(b)
			if err != nil || !more {
				return err
			}
			toParse <- b
			inOrder <- b
		}
	}
}

// collect adds a parsed block to the table.
func (r *reading) collect(b *block) error {
	if b.batch.err != nil {
		return b.batch.err
	}
	if err := r.table.add(b); err != nil {
		return err
	}
	r.tell(catalogue.T("reading"))
	return r.memory.check(r.input.path, r.table.read)
}

func (r *reading) tell(stage string) {
	if r.report != nil {
		r.report(model.Progress{Stage: stage, Done: r.input.stored.bytes.Load(), Total: r.input.size, Rows: r.table.read})
	}
}

// anyBad stops at the first bad row where that is wanted.
func (r *reading) anyBad() error {
	if r.plan.said.stop && len(r.table.rejects) > 0 {
		return r.stopped(r.table.rejects[0])
	}
	return nil
}

// stopped is the error of --on-bad stop.
func (r *reading) stopped(bad model.Reject) error {
	return model.Errorf(model.Invalid, "{path}:{row}", "path", r.input.path, "row", describe(bad)).
		WithHint("correct the row, or leave out --on-bad stop to refuse bad rows and continue")
}

// describe says where a refused row stands and what is wrong: 17:InvoiceDate:
// "31/02/2020": this is no date.
func describe(bad model.Reject) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d:", bad.Line)
	if bad.Column != "" {
		fmt.Fprintf(&b, "%s:", bad.Column)
	}
	if bad.Value != "" {
		fmt.Fprintf(&b, " %q:", bad.Value)
	}
	return b.String() + " " + bad.Reason
}

// failed turns the error of a cancelled context into one of ours.
func (r *reading) failed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return cancelled(r.input.path)
	}
	return err
}

// anyAccepted refuses a file of which no row could be used.
func (r *reading) anyAccepted() error {
	if r.table.rows() > 0 {
		return nil
	}
	if r.table.read == 0 {
		return headerOnly(r.input.path)
	}
	return model.Errorf(model.Invalid, "{path}: none of its {rows} rows can be used; the first: line {first}", "path", r.input.path, "rows", words.Count(r.table.read), "first", describe(r.table.rejects[0])).
		WithHint("check that the columns are the right ones: {plan}; or name them with --map", "plan", r.plan)
}

// settleEncoding says of a text that was taken for UTF-8 what it turned out to
// be. Error: Ambiguous, when it is no Windows-1252 either.
func (r *reading) settleEncoding() error {
	t, plan := r.table, r.plan
	if plan.said.encoding || plan.decodes() {
		return nil
	}
	plan.Encoding = utf8Encoding
	if t.mended.legacy == 0 {
		return nil
	}
	if plan.mixed = t.mended.utf8 > 0; plan.mixed {
		plan.warn("mixed-encodings", "the file is part UTF-8 ({utf8} beyond ASCII), part Windows-1252 ({legacy}); each was read as what it is", "utf8", words.Plural(t.mended.utf8, "character", "characters"), "legacy", words.Count(t.mended.legacy))
	}
	plan.Encoding = windows1252
	if odd := t.mended.odd; odd*3 >= t.mended.legacy {
		return oddEncoding(r.input.path, t.mended.example)
	} else if odd > 0 {
		plan.warn("encoding", "the file is not UTF-8 and was read as Windows-1252, in which {characters} little sense, like {example:q}; --encoding chooses another", "characters", words.Plural(odd, "character makes", "characters make"), "example", t.mended.example)
	}
	if t.mended.utf8 > t.mended.legacy {
		return nil
	}
	switch found := legacyEncoding(t.excerpt); found {
	case windows1252:
		return nil
	case "":
		return unknownEncoding(r.input.path)
	default:
		return asks(model.Errorf(model.Ambiguous, "{path} begins as plain ASCII, but has characters of {encoding} further down", "path", r.input.path, "encoding", found).
			WithHint("specify it with --encoding {encoding}", "encoding", found), encodingChoice(found), encodingChoice(windows1252))
	}
}

// source is the account of the reading.
func (r *reading) source(accepted int64) model.Source {
	t, in, plan := r.table, r.input, r.plan
	reasons := make(map[string]int64)
	for _, reject := range t.rejects {
		reasons[reject.Code]++
	}
	return model.Source{
		Path: in.path, Kind: plan.Kind, Encoding: plan.Encoding, Delimiter: plan.Delimiter, Plan: plan.YAML(),
		Fingerprint: in.stored.fingerprint(), Bytes: in.stored.bytes.Load(),
		Rows: t.read, Accepted: accepted, Corrected: t.corrected, Rejected: int64(len(t.rejects)), Duplicates: t.duplicates, Reasons: reasons,
		Corrects:     plan.Corrects,
		RefusedValue: t.refused.value, RefusedReturned: t.refused.returned, RefusedValued: t.refused.rows,
	}
}
