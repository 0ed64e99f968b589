package session

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"time"

	"strata/importer"
	"strata/model"
)

// Workspaces makes and opens workspaces; cmd hands in those kept in SQLite.
type Workspaces interface {
	// Create makes a new workspace at path from its first files, complete or
	// not at all. Error: Exists.
	Create(ctx context.Context, path string, intakes []*model.Intake, report func(model.Progress)) (model.Store, []model.Warning, error)
	// CreateTemporary makes one that is gone after Close unless SaveAs keeps it.
	CreateTemporary(ctx context.Context, intakes []*model.Intake, report func(model.Progress)) (model.Store, []model.Warning, error)
	// Open opens an existing one. Error: NotFound, among others.
	Open(ctx context.Context, path string) (model.Store, error)
	// OpenToRead opens an existing one to look at it. Errors as for Open.
	OpenToRead(ctx context.Context, path string) (model.Store, error)
	// Rehearse tells what Create would do, and what the workspace would then
	// hold, without writing anything. Errors: those of Create.
	Rehearse(ctx context.Context, path string, intakes []*model.Intake, report func(model.Progress)) (model.Info, []model.Warning, error)
}

// Import says which files to read and how.
type Import struct {
	Files   []string // paths; "-" is Stdin
	Stdin   io.Reader
	Options importer.Options
	Again   bool      // import content that is in the workspace already
	Drop    bool      // leave out orders that are in the workspace already
	Now     time.Time // noted as the time of the import

	previews *[]*importer.Preview // where to put how each file begins; nil: nowhere
}

// Account is what an import tells when it is done.
type Account struct {
	Sources  []model.Source
	Plans    []*importer.Plan // how each file was understood
	Warnings []model.Warning
}

// Rows tells what became of the rows of the files.
func (a *Account) Rows() Rows { return RowsOf(a.Sources) }

// Rejected returns how many rows were refused in all.
func (a *Account) Rejected() int64 {
	var n int64
	for _, s := range a.Sources {
		n += s.Rejected
	}
	return n
}

// LookAt looks at the files' beginnings, and returns why they cannot be read at
// all; nothing is stored. What can be read only once is left alone.
func (i Import) LookAt(ctx context.Context) error {
	for _, path := range i.Files {
		if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
			continue
		}
		in, err := importer.Open(ctx, path, i.Stdin)
		if err != nil {
			return err
		}
		plan, err := importer.Detect(ctx, in, i.Options)
		if err == nil {
			_, err = importer.ReadBeginning(in, plan, 1)
		}
		if err = errors.Join(err, in.Close()); err != nil {
			return err
		}
	}
	return nil
}

// ImportInto reads files into the workspace at path, making it when it is not
// there. All files are stored or none. The store is open afterwards and
// belongs to the caller. Errors: those of reading and storing; Exists when a
// file's content is in the workspace already and Again is not set.
func ImportInto(ctx context.Context, w Workspaces, path string, i Import, report func(model.Progress)) (model.Store, *Account, error) {
	store, err := w.Open(ctx, path)
	if err != nil && model.CodeOf(err) != model.NotFound {
		return nil, nil, err
	}
	if err != nil {
		return i.create(ctx, report, func(intakes []*model.Intake) (model.Store, []model.Warning, error) {
			return w.Create(ctx, path, intakes, report)
		})
	}
	account, err := i.appendTo(ctx, store, report)
	if err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	return store, account, nil
}

// WhatIf reads files into a temporary workspace.
func WhatIf(ctx context.Context, w Workspaces, i Import, report func(model.Progress)) (model.Store, *Account, error) {
	return i.create(ctx, report, func(intakes []*model.Intake) (model.Store, []model.Warning, error) {
		return w.CreateTemporary(ctx, intakes, report)
	})
}

// Rehearsal is what an import would do.
type Rehearsal struct {
	Account
	Info     model.Info          // what the workspace would hold
	Previews []*importer.Preview // how the first rows of each file are read
}

// Rehearse does everything that ImportInto does but storing: it reads the files
// to their end and tells what would be stored. Nothing is written. Errors: those
// of ImportInto.
func Rehearse(ctx context.Context, w Workspaces, path string, i Import, report func(model.Progress)) (r *Rehearsal, err error) {
	r = &Rehearsal{}
	i.previews = &r.Previews
	rehearse := func(ctx context.Context, intakes []*model.Intake) (model.Info, []model.Warning, error) {
		return w.Rehearse(ctx, path, intakes, report)
	}
	var known []model.Source
	store, err := w.OpenToRead(ctx, path)
	if err != nil && model.CodeOf(err) != model.NotFound {
		return nil, err
	}
	if err == nil {
		defer func() { err = errors.Join(err, store.Close()) }()
		rehearse = func(ctx context.Context, intakes []*model.Intake) (model.Info, []model.Warning, error) {
			return store.Rehearse(ctx, intakes, report)
		}
		info, _, err := store.Rehearse(ctx, nil, nil)
		if err == nil {
			err = busy(info)
		}
		if err != nil {
			return nil, err
		}
		if known, err = store.Sources(ctx); err != nil {
			return nil, err
		}
	}
	intakes, account, err := i.read(ctx, known, report)
	if err != nil {
		return nil, err
	}
	r.Account = *account
	for n, in := range intakes {
		r.Previews[n].Refused = in.Rejects[:min(previewRows, len(in.Rejects))]
	}
	info, warnings, err := rehearse(ctx, intakes)
	if err != nil {
		return nil, err
	}
	r.Info = info
	r.add(intakes, warnings)
	return r, nil
}

// previewRows is how many rows a person needs to see to know that they are
// read right.
const previewRows = 5

func (i Import) create(ctx context.Context, report func(model.Progress),
	store func([]*model.Intake) (model.Store, []model.Warning, error),
) (model.Store, *Account, error) {
	intakes, account, err := i.read(ctx, nil, report)
	if err != nil {
		return nil, nil, err
	}
	workspace, warnings, err := store(intakes)
	if err != nil {
		return nil, nil, err
	}
	account.add(intakes, warnings)
	return workspace, account, nil
}

func (i Import) appendTo(ctx context.Context, store model.Store, report func(model.Progress)) (*Account, error) {
	info, err := store.Info(ctx)
	if err != nil {
		return nil, err
	}
	if err := busy(info); err != nil {
		return nil, err
	}
	known, err := store.Sources(ctx)
	if err != nil {
		return nil, err
	}
	intakes, account, err := i.read(ctx, known, report)
	if err != nil {
		return nil, err
	}
	warnings, err := store.Import(ctx, intakes, report)
	if err != nil {
		return nil, err
	}
	account.add(intakes, warnings)
	return account, nil
}

// busy says who writes the workspace, so that nothing is read in vain.
func busy(info model.Info) error {
	if !info.ReadOnly || info.Writer == "" {
		return nil
	}
	return model.Errorf(model.Busy, "{path} is being written by {writer}", "path", info.Path, "writer", info.Writer).WithHint("close it there and try again")
}

func (a *Account) add(intakes []*model.Intake, warnings []model.Warning) {
	for _, in := range intakes {
		a.Sources = append(a.Sources, in.Source)
	}
	a.Warnings = append(a.Warnings, warnings...)
}

// zoneOf returns the time zone in which the days of a workspace are counted, as
// its latest source that was read in one has it; "" for as they are written.
func zoneOf(known []model.Source) string {
	for _, source := range slices.Backward(known) {
		if o, err := importer.ParsePlan(source.Plan); err == nil && o.TimeZone != "" {
			return o.TimeZone
		}
	}
	return ""
}

// read reads all files and refuses content that is known already. Days are
// counted in the time zone of the workspace, unless another one is said.
func (i Import) read(ctx context.Context, known []model.Source, report func(model.Progress)) ([]*model.Intake, *Account, error) {
	seen := map[string]model.Source{}
	for _, s := range known {
		seen[s.Fingerprint] = s
	}
	if i.Options.TimeZone == "" {
		i.Options.TimeZone = zoneOf(known)
	}
	i.Options.Stored = storedOf(known, i.Options.Corrects)
	account := &Account{}
	var intakes []*model.Intake
	for _, path := range i.Files {
		intake, plan, err := i.readOne(ctx, path, report)
		if err != nil {
			return nil, nil, err
		}
		if before, ok := seen[intake.Source.Fingerprint]; ok && !i.Again {
			return nil, nil, alreadyImported(path, before)
		}
		if err := readAlike(path, plan, known); err != nil {
			return nil, nil, err
		}
		seen[intake.Source.Fingerprint] = intake.Source
		intake.Source.ImportedAt = i.Now
		intake.Source.Warnings = slices.Clone(plan.Warnings)
		if plan.DropDuplicates {
			intake.Source.Dropped = intake.Source.Duplicates
		}
		intake.Overlap = i.overlap()
		intakes = append(intakes, intake)
		account.Plans = append(account.Plans, plan)
		account.Warnings = append(account.Warnings, plan.Warnings...)
	}
	return intakes, account, nil
}

// storedOf returns what is known of the source that is corrected.
func storedOf(known []model.Source, corrects string) importer.Stored {
	for _, s := range known {
		if s.Fingerprint == corrects && s.Accepted > 0 {
			return importer.Stored{First: s.FirstDay, Last: s.LastDay, Rows: s.Accepted}
		}
	}
	return importer.Stored{}
}

// readAlike makes sure that corrections keep the lines of orders if the rest of
// their file does: an order has all its lines, or none.
func readAlike(path string, plan *importer.Plan, known []model.Source) error {
	for _, s := range known {
		rest, err := importer.ParsePlan(s.Plan)
		if plan.Corrects == "" || s.Fingerprint != plan.Corrects || err != nil || rest.Lines == "" {
			continue
		}
		if keeps := rest.Lines == "yes"; keeps != plan.KeepLines {
			return model.Errorf(model.Usage, "{path} corrects rows of {corrected}, and must be read like it", "path", path, "corrected", s.Path).WithHint("give --lines {lines}", "lines", rest.Lines)
		}
	}
	return nil
}

func alreadyImported(path string, before model.Source) error {
	known := []any{"path", path, "as", before.Path, "date", before.ImportedAt.Format(time.DateOnly)}
	var err *model.Error
	switch stored, renamed := before.ID != 0, before.Path != path; {
	case stored && renamed:
		err = model.Errorf(model.Exists, "the content of {path} is in the workspace already, imported on {date} as {as}", known...)
	case stored:
		err = model.Errorf(model.Exists, "the content of {path} is in the workspace already, imported on {date}", known...)
	case renamed:
		err = model.Errorf(model.Exists, "the content of {path} is given twice, the first time as {as}", known...)
	default:
		err = model.Errorf(model.Exists, "the content of {path} is given twice", known...)
	}
	return err.WithHint("--again imports it a second time on purpose")
}

func (i Import) readOne(ctx context.Context, path string, report func(model.Progress)) (*model.Intake, *importer.Plan, error) {
	in, err := importer.Open(ctx, path, i.Stdin)
	if err != nil {
		return nil, nil, err
	}
	options := i.Options
	if year, month, day := i.Now.Date(); !i.Now.IsZero() {
		options.Today, _ = model.DayOf(year, int(month), day)
	}
	plan, err := importer.Detect(ctx, in, options)
	if err != nil {
		return nil, nil, errors.Join(err, in.Close())
	}
	intake, err := importer.Read(ctx, in, plan, report)
	if err == nil && i.previews != nil {
		err = i.preview(in, plan)
	}
	if err = errors.Join(err, in.Close()); err != nil {
		return nil, nil, err
	}
	return intake, plan, nil
}

// preview reads the beginning of a file once more, as its whole has settled it.
func (i Import) preview(in *importer.Input, plan *importer.Plan) error {
	settled := *plan // and not to be changed
	p, err := importer.ReadBeginning(in, &settled, previewRows)
	if err == nil {
		*i.previews = append(*i.previews, p)
	}
	return err
}

// overlap says what becomes of orders that the workspace has already.
func (i Import) overlap() model.Overlap {
	switch {
	case i.Again:
		return model.OverlapAgain
	case i.Drop:
		return model.OverlapDropped
	}
	return model.OverlapKept
}
