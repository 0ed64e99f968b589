package importer

import (
	"bytes"
	"context"
	"io"
	"slices"

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
	whole := *d.plan
	whole.Skip = 0 // what stands above is copied, too
	records, err := in.records(&whole)
	if err != nil {
		return err
	}
	records.aligned = 0 // as it stands
	var b block
	for {
		if ctx.Err() != nil {
			return cancelled(in.path)
		}
		more, err := records.next(&b)
		if err != nil {
			return err
		}
		if !more {
			break
		}
		records.open(&b)
		wanted := func(line int64) bool {
			_, found := slices.BinarySearch(lines, line)
			return found || line <= int64(d.head)
		}
		if err := copyRecords(&b, wanted, w); err != nil {
			return err
		}
	}
	if in.stored.fingerprint() != source.Fingerprint {
		return model.Errorf(model.Invalid, "{path} has changed since it was imported", "path", in.path).
			WithHint("restore the file as it was; `strata rejects` lists what is wrong with each row")
	}
	return nil
}

// copyRecords writes the wanted records of a block.
func copyRecords(b *block, wanted func(line int64) bool, w io.Writer) error {
	asItStands := bytes.Clone(b.text) // walking changes the text
	var records walk
	records.begin(b)
	for records.Next() {
		if !wanted(records.lineHere()) {
			continue
		}
		record := slices.Concat(bytes.TrimRight(asItStands[records.Start:records.End], "\r\n"), []byte{'\n'})
		if _, err := w.Write(record); err != nil {
			return err
		}
	}
	return nil
}
