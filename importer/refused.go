package importer

import (
	"bytes"
	"context"
	"io"
	"slices"
	"unicode/utf8"

	"strata/importer/parse"
	"strata/model"
)

// CopyRecords writes the records of a file that begin on the given lines,
// ascending, to w: as they stand there, but in UTF-8, and below the lines that
// stand above the data. The source says how the file was read; the file must
// still have its content. Errors: Invalid (the content is another one),
// Unreadable, Corrupt, Cancelled.
func CopyRecords(ctx context.Context, in *Input, source model.Source, lines []int64, w io.Writer) error {
	options, err := ParsePlan(source.Plan)
	if err != nil {
		return err
	}
	d := detection{in: in, options: options, plan: &Plan{}}
	for _, step := range []func() error{d.encoding, d.decode, d.delimiter, d.skip, d.header} {
		if err := step(); err != nil {
			return err
		}
	}
	text, err := in.reader(&Plan{Encoding: d.plan.Encoding, said: said{encoding: d.plan.said.encoding}})
	if err != nil {
		return err
	}
	s := splitter{input: in, text: text, delimiter: scannerDelimiter(d.plan.Delimiter), size: blockSize, line: 1}
	var b block
	for {
		if ctx.Err() != nil {
			return cancelled(in.path)
		}
		more, err := s.next(&b)
		if err != nil {
			return err
		}
		if !more {
			break
		}
		wanted := func(line int64) bool {
			_, found := slices.BinarySearch(lines, line)
			return found || line <= int64(d.head)
		}
		if err := copyRecords(&b, s.delimiter, wanted, w); err != nil {
			return err
		}
	}
	if in.stored.fingerprint() != source.Fingerprint {
		return model.Errorf(model.Invalid, "%s has changed since it was imported", in.path).
			WithHint("put back the file as it was; what is wrong with each row is in `strata rejects`")
	}
	return nil
}

// copyRecords writes the wanted records of a block.
func copyRecords(b *block, delimiter byte, wanted func(line int64) bool, w io.Writer) error {
	raw := b.text
	if !utf8.Valid(raw) {
		raw, _ = mendText(raw)
	}
	var records parse.Records
	records.Reset(bytes.Clone(raw), delimiter) // walking changes the text
	line, counted := b.line, 0
	for records.Next() {
		line += int64(bytes.Count(raw[counted:records.Start], []byte{'\n'}))
		counted = records.Start
		if !wanted(line) {
			continue
		}
		record := slices.Concat(bytes.TrimRight(raw[records.Start:records.End], "\r\n"), []byte{'\n'})
		if _, err := w.Write(record); err != nil {
			return err
		}
	}
	return nil
}
