package sqlite_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"strata/model"
	"strata/model/sqlite"
)

// codesOf lists what a source was told.
func codesOf(s model.Source) (codes []string) {
	for _, w := range s.Warnings {
		codes = append(codes, w.Code)
	}
	return codes
}

// Whatever way a file came in, its source keeps what reading and storing it had
// to tell, and what of it was left out; and the intake says the same.
func TestASourceKeepsItsNotices(t *testing.T) {
	t.Parallel()
	for name, apart := range map[string]bool{"at once": false, "one after the other": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			may := bought(t, "A 1 10 100", "B 2 20 200", "C 3 30 300").intake("may.csv")
			june := bought(t, "A 1 10 100", "C 4 40 400 40").intake("june.csv")
			july := bought(t, "D 9 60 700").intake("july.csv")
			may.Source.Warnings = []model.Warning{{Code: "states", Message: "\x1b half of \"Status\" is 取消"}}
			june.Source.Warnings = []model.Warning{{Code: "refunds", Message: "refunds"}}
			may.Currency, june.Currency, june.Overlap = "EUR", "USD", model.OverlapDropped
			june.OrderLines[0] = 7
			june.Source.RefusedReturned = 55
			may.Source.Duplicates, may.Source.Dropped = 3, 2

			path := filepath.Join(t.TempDir(), "w.strata")
			if apart {
				create(t, path, may)
				w := open(t, path)
				for _, in := range []*model.Intake{june, july} {
					_, err := w.Import(t.Context(), []*model.Intake{in}, nil)
					must(err)
				}
				closeStore(t, w)
			} else {
				create(t, path, may, june, july)
			}
			w := open(t, path)
			defer closeStore(t, w)
			sources, err := w.Sources(t.Context())
			must(err)
			if want := []model.Source{may.Source, june.Source, july.Source}; !reflect.DeepEqual(sources, want) {
				t.Errorf("got  %+v\nwant %+v", sources, want)
			}
			for i, want := range [][]string{{"states"}, {"refunds", "orders-repeated", "currency-differs"}, nil} {
				if got := codesOf(sources[i]); !reflect.DeepEqual(got, want) {
					t.Errorf("source %d: %q, want %q", i+1, got, want)
				}
			}
			if may.Source.Warnings[0].Message != "\x1b half of \"Status\" is 取消" || may.Source.LeftOut() != 2 {
				t.Errorf("%+v", may.Source)
			}
			if s := sources[1]; s.Repeated != 7 || s.LeftOut() != 7 || s.Bought != 400 || s.RefusedReturned != 55 || s.RefusedValue != 12_345_678 {
				t.Errorf("%+v", s)
			}
		})
	}
}

// A rehearsal tells of the sources what the import would, but for their ids.
func TestARehearsalTellsTheNotices(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, bought(t, "A 1 10 100").intake("may.csv"))
	w := open(t, path)
	defer closeStore(t, w)
	june := bought(t, "A 1 10 100", "C 4 40 400").intake("june.csv")
	june.Overlap = model.OverlapDropped
	_, _, err := w.Rehearse(t.Context(), []*model.Intake{june}, nil)
	must(err)
	if s := june.Source; s.ID != 0 || s.Repeated != 1 || s.Bought != 400 || len(s.Warnings) != 1 {
		t.Errorf("%+v", s)
	}
	if _, _, err = sqlite.Rehearse(t.Context(), path+".new", []*model.Intake{june}, nil); err != nil || june.Source.ID != 0 {
		t.Errorf("%+v, %v", june.Source, err)
	}
}

// A file from before notices were kept has none. Its refused money, which was
// summed without signs, is not known any more; what it left out is.
func TestNoticesOfAnOlderWorkspace(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	in := bought(t, "A 1 10 100").intake("may.csv")
	in.Source.Warnings = []model.Warning{{Code: "states", Message: "states"}}
	in.Source.Duplicates, in.Source.Plan = 3, "kind: orders\nduplicates: drop\n"
	kept := bought(t, "B 2 10 100").intake("june.csv")
	kept.Source.Duplicates = 3
	create(t, path, in, kept)
	withoutNotices(t, path)
	reader, err := sqlite.OpenToRead(t.Context(), path)
	must(err)
	sources, err := reader.Sources(t.Context())
	must(err)
	closeStore(t, reader)
	if s := sources[0]; s.Warnings != nil || s.RefusedValue != 0 || s.RefusedValued != 0 || s.Bought != 100 || s.Duplicates != 3 {
		t.Errorf("only read: %+v", s)
	}
	w := open(t, path)
	defer closeStore(t, w)
	sources, err = w.Sources(t.Context())
	must(err)
	if s := sources[0]; s.Warnings != nil || s.RefusedValue != 0 || s.RefusedValued != 0 || s.Bought != 100 || s.Dropped != 3 {
		t.Errorf("brought up to date: %+v", s)
	}
	if sources[1].Dropped != 0 {
		t.Errorf("%+v", sources[1])
	}
	if _, err := os.Stat(path + ".v4.bak"); err != nil {
		t.Error(err)
	}
	late := bought(t, "C 7 50 100").intake("late.csv")
	late.Source.Warnings = []model.Warning{{Code: "late", Message: "late"}}
	_, err = w.Import(t.Context(), []*model.Intake{late}, nil)
	must(err)
	if sources, err = w.Sources(t.Context()); err != nil || len(sources[2].Warnings) != 1 {
		t.Errorf("%+v, %v", sources, err)
	}
}
