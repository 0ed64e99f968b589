package session_test

import (
	"context"
	"iter"
	"math/rand/v2"
	"strconv"

	"strata/model"
)

// memory is a workspace that lives in memory, for tests.
type memory struct {
	orders     *model.Orders
	customers  *model.Customers
	bench      model.Bench
	snapshot   []byte
	generation int64
	readOnly   bool
	fail       error // what writing an edit returns
}

// newMemory makes a workspace of random customers; the same seed makes the
// same one.
func newMemory(seed uint64, customers int) *memory {
	r := rand.New(rand.NewPCG(seed, 0))
	o := &model.Orders{Start: make([]int32, 1, customers+1)}
	cities := &model.Codes{Words: []string{"", "Zürich", "Aarau", "Bern"}}
	c := &model.Customers{Attributes: map[string]*model.Codes{"City": cities}}
	for i := range customers {
		day := model.Day(15_000 + r.IntN(200))
		for range 1 + int(r.ExpFloat64()*2) {
			o.Day = append(o.Day, day)
			o.Value = append(o.Value, model.Money(r.Int64N(500*model.Unit)))
			o.Returned = append(o.Returned, model.Money(r.Int64N(2))*model.Unit)
			o.Flags = append(o.Flags, model.Purchase)
			day += model.Day(r.IntN(60))
		}
		o.Start = append(o.Start, int32(o.Len()))
		cities.Code = append(cities.Code, uint32(i*7%len(cities.Words)))
		if err := c.Keys.Append([]byte("c" + strconv.Itoa(i))); err != nil {
			panic(err)
		}
	}
	return &memory{orders: o, customers: c, generation: 1}
}

func (m *memory) Info(context.Context) (model.Info, error) {
	return model.Info{
		Path: "memory.strata", Currency: "GBP", Generation: m.generation, ReadOnly: m.readOnly,
		Customers: m.orders.Customers(), Orders: m.orders.Len(),
	}, nil
}

func (m *memory) Orders(context.Context, ...string) (*model.Orders, error) { return m.orders, nil }

func (m *memory) Customers(context.Context, ...string) (*model.Customers, error) {
	return m.customers, nil
}

func (m *memory) Profile(_ context.Context, customer int) (model.Profile, error) {
	p := model.Profile{Key: m.customers.Keys.At(customer)}
	for i := m.orders.Start[customer]; i < m.orders.Start[customer+1]; i++ {
		p.Orders = append(p.Orders, model.Order{
			Key: "o" + strconv.Itoa(int(i)), Day: m.orders.Day[i],
			Value: m.orders.Value[i], Returned: m.orders.Returned[i], Flags: m.orders.Flags[i],
		})
	}
	return p, nil
}

func (m *memory) Attributes(context.Context) ([]model.Attribute, error) {
	return []model.Attribute{{Name: "City", Subject: model.OfCustomer, Column: "city"}}, nil
}

func (m *memory) Sources(context.Context) ([]model.Source, error) { return nil, nil }

func (m *memory) Rejects(context.Context, int64) iter.Seq2[model.Reject, error] {
	return func(func(model.Reject, error) bool) {}
}

func (m *memory) Import(context.Context, []*model.Intake, func(model.Progress)) ([]model.Warning, error) {
	return nil, model.Errorf(model.ReadOnly, "memory takes no files")
}

func (m *memory) Bench(context.Context) (model.Bench, error) { return m.bench, nil }

func (m *memory) AddEdit(_ context.Context, e model.Edit) (int64, error) {
	if m.fail != nil {
		return 0, m.fail
	}
	e.ID = int64(len(m.bench.Edits) + 1)
	m.bench.Edits = append(m.bench.Edits, e)
	m.bench.Head = e.ID
	return e.ID, nil
}

func (m *memory) SetHead(_ context.Context, id int64) error {
	m.bench.Head = id
	return nil
}

func (m *memory) SetBaseline(_ context.Context, scheme string) error {
	m.bench.Baseline = scheme
	return nil
}

func (m *memory) Snapshot(context.Context) ([]byte, int64, error) {
	return m.snapshot, m.generation, nil
}

func (m *memory) SetSnapshot(_ context.Context, table []byte, _ int64) error {
	m.snapshot = table
	return nil
}

func (m *memory) SaveAs(context.Context, string, func(model.Progress)) error { return nil }
func (m *memory) Close() error                                               { return nil }
