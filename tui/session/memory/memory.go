// Package memory is a workspace that lives in memory, of random customers: for
// tests of what works on one.
package memory

import (
	"context"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"

	"strata/model"
)

// Store is the workspace. Its fields may be read and changed between two calls.
type Store struct {
	AllOrders    *model.Orders
	AllCustomers *model.Customers
	AllLines     *model.Lines // nil: no lines were kept
	State        model.Bench
	Log          []model.Edit // in full; edit i has the id i+1
	Kept         []model.Scenario
	Promises     []model.Service
	Table        []byte // the snapshot
	Generation   int64
	Fingerprint  string // of the data
	ReadOnly     bool   // every write is refused
	Temporary    bool   // it is gone when it is closed
	Fail         error  // what writing an edit returns

	use sync.RWMutex // of what can be written
}

var _ model.Store = (*Store)(nil)

// New makes a workspace of random customers with a City, and orders with a
// Channel; the same seed makes the same one.
func New(seed uint64, customers int) *Store {
	r := rand.New(rand.NewPCG(seed, 0))
	channels := &model.Codes{Words: []string{"", "shop", "web"}}
	o := &model.Orders{Start: make([]int32, 1, customers+1), Attributes: map[string]*model.Codes{"Channel": channels}}
	cities := &model.Codes{Words: []string{"", "Zürich", "Aarau", "Bern"}}
	c := &model.Customers{Attributes: map[string]*model.Codes{"City": cities}}
	for i := range customers {
		day := model.Day(15_000 + r.IntN(200))
		for range 1 + int(r.ExpFloat64()*2) {
			o.Day = append(o.Day, day)
			o.Value = append(o.Value, model.Money(r.Int64N(500*model.Unit)))
			o.Returned = append(o.Returned, model.Money(r.Int64N(2))*model.Unit)
			o.Flags = append(o.Flags, model.Purchase)
			channels.Code = append(channels.Code, uint32(o.Len()%len(channels.Words)))
			day += model.Day(r.IntN(60))
		}
		o.Start = append(o.Start, int32(o.Len()))
		cities.Code = append(cities.Code, uint32(i*7%len(cities.Words)))
		if err := c.Keys.Append([]byte("c" + strconv.Itoa(i))); err != nil {
			panic(err)
		}
	}
	return &Store{AllOrders: o, AllCustomers: c, Generation: 1}
}

// Info tells what the workspace holds.
func (m *Store) Info(context.Context) (model.Info, error) {
	m.use.RLock()
	defer m.use.RUnlock()
	var revenue, returned model.Money
	for i, value := range m.AllOrders.Value {
		revenue += value
		if m.AllOrders.Returned != nil {
			returned += m.AllOrders.Returned[i]
		}
	}
	return model.Info{
		Path: "memory.strata", Currency: "GBP", Generation: m.Generation, Fingerprint: m.Fingerprint, ReadOnly: m.ReadOnly, Temporary: m.Temporary,
		Customers: m.AllOrders.Customers(), Orders: m.AllOrders.Len(),
		Revenue: revenue, Returned: returned,
	}, nil
}

// Orders returns all orders with their Channel.
func (m *Store) Orders(context.Context, ...string) (*model.Orders, error) { return m.AllOrders, nil }

// Lines returns all lines with their attributes.
func (m *Store) Lines(context.Context, ...string) (*model.Lines, error) {
	if m.AllLines == nil {
		return &model.Lines{Start: make([]int32, m.AllOrders.Len()+1)}, nil
	}
	return m.AllLines, nil
}

// Customers returns all customers with their City.
func (m *Store) Customers(context.Context, ...string) (*model.Customers, error) {
	return m.AllCustomers, nil
}

// Profile returns all there is about one customer.
func (m *Store) Profile(_ context.Context, customer int) (model.Profile, error) {
	p := model.Profile{Key: m.AllCustomers.Keys.At(customer)}
	for name, codes := range m.AllCustomers.Attributes {
		if code := codes.Code[customer]; code != 0 {
			p.Facts = append(p.Facts, model.Fact{Name: name, Value: codes.Words[code]})
		}
	}
	for i := m.AllOrders.Start[customer]; i < m.AllOrders.Start[customer+1]; i++ {
		p.Orders = append(p.Orders, model.Order{
			Key: "o" + strconv.Itoa(int(i)), Day: m.AllOrders.Day[i],
			Value: m.AllOrders.Value[i], Returned: m.AllOrders.Returned[i], Flags: m.AllOrders.Flags[i],
		})
	}
	return p, nil
}

// Attributes lists the City, the Channel and what there is of lines.
func (m *Store) Attributes(context.Context) ([]model.Attribute, error) {
	all := []model.Attribute{
		{Name: "Channel", Subject: model.OfOrder, Column: "channel"},
		{Name: "City", Subject: model.OfCustomer, Column: "city"},
	}
	if m.AllLines != nil {
		for _, name := range slices.Sorted(maps.Keys(m.AllLines.Attributes)) {
			all = append(all, model.Attribute{Name: name, Subject: model.OfLine, Column: strings.ToLower(name)})
		}
	}
	return all, nil
}

// Sources lists nothing: no file was imported.
func (m *Store) Sources(context.Context) ([]model.Source, error) { return nil, nil }

// Rejects yields nothing.
func (m *Store) Rejects(context.Context, int64) iter.Seq2[model.Reject, error] {
	return func(func(model.Reject, error) bool) {}
}

// Import refuses every file.
func (m *Store) Import(context.Context, []*model.Intake, func(model.Progress)) ([]model.Warning, error) {
	return nil, model.Errorf(model.ReadOnly, "nothing can be imported into a workspace held in memory")
}

// Rehearse refuses every file.
func (m *Store) Rehearse(context.Context, []*model.Intake, func(model.Progress)) (model.Info, []model.Warning, error) {
	return model.Info{}, nil, model.Errorf(model.ReadOnly, "nothing can be imported into a workspace held in memory")
}

// Bench returns State.
func (m *Store) Bench(context.Context) (model.Bench, error) {
	m.use.RLock()
	defer m.use.RUnlock()
	return m.State, nil
}

// refused is why nothing can be written, nil where it can.
func (m *Store) refused() error {
	if m.ReadOnly {
		return model.Errorf(model.ReadOnly, "memory.strata is open read-only")
	}
	return nil
}

// AddEdit appends an edit, unless Fail is set.
func (m *Store) AddEdit(_ context.Context, e model.Edit) (int64, error) {
	m.use.Lock()
	defer m.use.Unlock()
	if m.Fail != nil {
		return 0, m.Fail
	}
	if err := m.refused(); err != nil {
		return 0, err
	}
	e.ID = int64(len(m.State.Edits) + 1)
	m.State.Edits = append(m.State.Edits, model.EditLink{ID: e.ID, Parent: e.Parent})
	m.Log = append(m.Log, e)
	m.State.Head = e.ID
	return e.ID, nil
}

// Edits returns edits in full.
func (m *Store) Edits(_ context.Context, ids ...int64) ([]model.Edit, error) {
	m.use.RLock()
	defer m.use.RUnlock()
	var edits []model.Edit
	for _, id := range ids {
		if id < 1 || int(id) > len(m.Log) {
			return nil, model.Errorf(model.NotFound, "there is no edit {number}", "number", id)
		}
		edits = append(edits, m.Log[id-1])
	}
	return edits, nil
}

// Scenarios returns Kept.
func (m *Store) Scenarios(context.Context) ([]model.Scenario, error) {
	m.use.RLock()
	defer m.use.RUnlock()
	return m.Kept, nil
}

// PutScenario keeps a scenario among the others, by name.
func (m *Store) PutScenario(_ context.Context, s model.Scenario) error {
	m.use.Lock()
	defer m.use.Unlock()
	if err := m.refused(); err != nil {
		return err
	}
	m.Kept = append(m.keptBut(s.Name), s)
	slices.SortFunc(m.Kept, func(a, b model.Scenario) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

// DeleteScenario forgets a scenario.
func (m *Store) DeleteScenario(_ context.Context, name string) error {
	m.use.Lock()
	defer m.use.Unlock()
	if err := m.refused(); err != nil {
		return err
	}
	left := m.keptBut(name)
	if len(left) == len(m.Kept) {
		return model.Errorf(model.NotFound, "there is no scenario {name:q}", "name", name)
	}
	m.Kept = left
	return nil
}

// keptBut returns a copy of Kept without the scenario of that name.
func (m *Store) keptBut(name string) []model.Scenario {
	return slices.DeleteFunc(slices.Clone(m.Kept), func(s model.Scenario) bool { return s.Name == name })
}

// Services returns Promises.
func (m *Store) Services(context.Context) ([]model.Service, error) {
	m.use.RLock()
	defer m.use.RUnlock()
	return m.Promises, nil
}

// SetServices replaces Promises.
func (m *Store) SetServices(_ context.Context, services []model.Service) error {
	m.use.Lock()
	defer m.use.Unlock()
	if err := m.refused(); err != nil {
		return err
	}
	m.Promises = services
	return nil
}

// SetHead makes an edit the head.
func (m *Store) SetHead(_ context.Context, id int64) error {
	m.use.Lock()
	defer m.use.Unlock()
	if err := m.refused(); err != nil {
		return err
	}
	m.State.Head = id
	return nil
}

// SetBaseline keeps the baseline.
func (m *Store) SetBaseline(_ context.Context, scheme string) error {
	m.use.Lock()
	defer m.use.Unlock()
	if err := m.refused(); err != nil {
		return err
	}
	m.State.Baseline = scheme
	return nil
}

// Snapshot returns Table, always of the generation there is.
func (m *Store) Snapshot(context.Context) ([]byte, int64, error) {
	m.use.RLock()
	defer m.use.RUnlock()
	return m.Table, m.Generation, nil
}

// SetSnapshot keeps the table.
func (m *Store) SetSnapshot(_ context.Context, table []byte, _ int64) error {
	m.use.Lock()
	defer m.use.Unlock()
	m.Table = table
	return nil
}

// SaveAs does nothing.
func (m *Store) SaveAs(context.Context, string, func(model.Progress)) error { return nil }

// Close does nothing.
func (m *Store) Close() error { return nil }
