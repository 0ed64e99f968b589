package sqlite_test

import (
	"cmp"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"strata/model"
	"strata/model/sqlite"
)

// A profile is what the files say of a customer, however many there were and
// whichever came first.
func TestProfileIsWhatTheFilesSay(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		files := []file{drawFile(rt, "first"), drawFile(rt, "second")}
		path := filepath.Join(folder, fmt.Sprintf("%d.strata", n))
		create(t, path, intakes(files)[0])
		w := open(t, path)
		defer closeStore(t, w)
		if _, err := w.Import(t.Context(), intakes(files)[1:], nil); err != nil {
			rt.Fatal(err)
		}
		customers, err := w.Customers(t.Context())
		if err != nil {
			rt.Fatal(err)
		}
		for c := range customers.Keys.Len() {
			got, err := w.Profile(t.Context(), c)
			if err != nil {
				rt.Fatal(err)
			}
			if expected := profile(files, customers.Keys.At(c)); !reflect.DeepEqual(got, expected) {
				rt.Fatalf("got %+v\nwant %+v", got, expected)
			}
		}
	})
}

// profile puts together what files say of a customer.
func profile(files []file, key string) model.Profile {
	p := model.Profile{Key: key}
	region := ""
	for _, f := range files {
		region = cmp.Or(f.regions[key], region)
		for _, o := range f.orders {
			if o.customer == key {
				p.Orders = append(p.Orders, model.Order{Key: o.key, Day: o.day, Value: o.value, Returned: o.back, Flags: o.flags})
			}
		}
	}
	if region != "" {
		p.Facts = []model.Fact{{Name: "Region", Value: region}}
	}
	slices.SortStableFunc(p.Orders, func(a, b model.Order) int { return cmp.Compare(a.Day, b.Day) })
	return p
}

func TestProfileOfNobody(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "w.strata")
	create(t, path, synthetic(3, 10))
	w := open(t, path)
	defer closeStore(t, w)
	for _, customer := range []int{-1, 3} {
		if _, err := w.Profile(t.Context(), customer); model.CodeOf(err) != model.NotFound {
			t.Errorf("customer %d: %v", customer, err)
		}
	}
}

func BenchmarkProfile(b *testing.B) {
	for name, size := range sizes() {
		path := filepath.Join(b.TempDir(), "bench.strata")
		w, _, err := sqlite.Create(b.Context(), path, []*model.Intake{synthetic(size[0], size[1])}, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for customer := 0; b.Loop(); customer = (customer + 7919) % size[0] {
				if _, err := w.Profile(b.Context(), customer); err != nil {
					b.Fatal(err)
				}
			}
		})
		closeStore(b, w)
	}
}
