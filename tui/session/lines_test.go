package session_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"strata/model"
	"strata/tui/session"
	"strata/tui/session/memory"
)

// withLines gives every order of a workspace two lines, which share its value: one
// of tea and one of a mug, or of a Channel like the order's own.
func withLines(store *memory.Store) *memory.Store {
	o := store.AllOrders
	product := &model.Codes{Words: []string{"", "tea", "mug"}}
	channel := &model.Codes{Words: []string{"", "shop", "web"}}
	lines := &model.Lines{Start: []int32{0}, Attributes: map[string]*model.Codes{"Product": product, "Channel": channel}}
	for i := range o.Len() {
		half := o.Value[i] / 2
		lines.Amount = append(lines.Amount, half, o.Value[i]-half)
		lines.Flags = append(lines.Flags, model.Purchase, model.Purchase)
		o.Returned[i] = 0
		product.Code = append(product.Code, 1, 2)
		channel.Code = append(channel.Code, 1, 2)
		lines.Start = append(lines.Start, int32(lines.Len()))
	}
	store.AllLines = lines
	return store
}

func TestFilterByLines(t *testing.T) {
	t.Parallel()
	store := withLines(newMemory(15, 200))
	s, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	spec := model.DefaultSpec()
	all, err := s.Measure(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	spec.Where = []model.Condition{{Attribute: "product", Values: []string{"tea"}}}
	tea, err := s.Measure(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	spec.Where[0].Not = true
	other, err := s.Measure(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	if tea.Len() != all.Len() || !slices.Equal(tea.Orders, all.Orders) || tea.AsOf != all.AsOf || tea.Total.Revenue+other.Total.Revenue != all.Total.Revenue {
		t.Errorf("tea %+v and other %+v of %+v", tea.Total, other.Total, all.Total)
	}
	if tea.Spec.Where[0].Attribute != "Product" {
		t.Errorf("the name is %q", tea.Spec.Where[0].Attribute)
	}
	scheme := model.Ten()
	scheme.Spec.Where = []model.Condition{{Attribute: "City", Not: true}, {Attribute: "product", Values: []string{"tea"}}}
	f, err := s.Tiers(t.Context(), scheme)
	if err != nil {
		t.Fatal(err)
	}
	if words := strings.Join(session.WhereWords(f.Scheme.Spec, f.OfLines), ", "); words != "City!=, lines with product = tea" {
		t.Errorf("the filter is told as %q", words)
	}
	for text, says := range map[string]string{
		"colour=red":        "there are: Channel, City, Product",
		"customer.product=": "no column \"product\" of customers to filter by; there are: City",
	} {
		c, err := model.ParseCondition(text)
		if err != nil {
			t.Fatal(err)
		}
		spec.Where = []model.Condition{c}
		if _, err := s.Measure(t.Context(), spec); model.CodeOf(err) != model.Usage || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", text, err, says)
		}
	}
	// What orders and lines have is that of the line.
	spec.Where = []model.Condition{{Attribute: "channel", Values: []string{"web"}}}
	if base, err := s.Measure(t.Context(), spec); err != nil || base.Len() != all.Len() || base.Total.Revenue != other.Total.Revenue {
		t.Errorf("channel: %v", err)
	}
	spec.Where = []model.Condition{{Subject: model.OfLine, Attribute: "Channel", Values: []string{"web"}}}
	if base, err := s.Measure(t.Context(), spec); err != nil || base.Len() != all.Len() {
		t.Errorf("line.Channel: %v", err)
	}
}

// Where returned value is left out, the lines tell what was bought.
func TestMarginAsksForLines(t *testing.T) {
	t.Parallel()
	store := withLines(newMemory(16, 50))
	o := store.AllOrders
	o.Cost, store.AllLines.Cost = make([]model.Money, o.Len()), make([]model.Money, store.AllLines.Len())
	for i := range o.Len() {
		o.Flags[i] |= model.Costed | model.Return
		o.Cost[i], store.AllLines.Cost[2*i], store.AllLines.Cost[2*i+1] = -5, 7, -12
		store.AllLines.Flags[2*i+1] = model.Return
	}
	s, err := session.New(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	for returns, cost := range map[model.ReturnsPolicy]int64{model.ReturnsNet: -5, model.ReturnsIgnore: 7} {
		spec := model.DefaultSpec()
		spec.Returns, spec.Monetary = returns, model.MonetaryMargin
		base, err := s.Measure(t.Context(), spec)
		if err != nil {
			t.Fatal(err)
		}
		for i := range base.Len() {
			if got := base.Revenue[i] - base.Monetary[i]; got != cost*int64(base.Orders[i]) {
				t.Fatalf("%s: %d orders cost %d", returns, base.Orders[i], got)
			}
		}
	}
}

// countingStore counts how often the columns are asked for.
type countingStore struct {
	*memory.Store
	asked int
}

func (c *countingStore) Lines(ctx context.Context, attributes ...string) (*model.Lines, error) {
	c.asked++
	return c.Store.Lines(ctx, attributes...)
}

func (c *countingStore) Orders(ctx context.Context, attributes ...string) (*model.Orders, error) {
	c.asked++
	return c.Store.Orders(ctx, attributes...)
}

// Under a filter on lines a cut moves as without one: nothing is measured again,
// and each answer is that of a fresh look.
func TestCutsMoveUnderAFilterOnLines(t *testing.T) {
	t.Parallel()
	store := &countingStore{Store: withLines(newMemory(17, 500))}
	s := openSession(t, store)
	scheme := model.Ten()
	scheme.Spec.Where = []model.Condition{{Attribute: "Product", Values: []string{"tea"}}}
	b, err := s.OpenBench(t.Context(), &scheme, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	asked := store.asked
	for _, id := range everyCut {
		if _, err := b.Step(id, 2); err != nil {
			t.Fatal(err)
		}
		if settle := b.Settle(); settle != nil {
			b.Adopt(settle(t.Context()))
		}
	}
	if store.asked != asked {
		t.Errorf("the columns were asked for %d times while cuts moved", store.asked-asked)
	}
	got := b.Frame()
	want, err := s.Tiers(t.Context(), got.Scheme)
	if err != nil {
		t.Fatal(err)
	}
	for i, tier := range want.Tiers {
		if got.Tiers[i].Now != tier.Now {
			t.Errorf("%s: %+v, want %+v", tier.Label, got.Tiers[i].Now, tier.Now)
		}
	}
	if !slices.Equal(got.OfLines, []int{0}) || got.Total.Revenue == 0 {
		t.Errorf("conditions on lines %v, total %+v", got.OfLines, got.Total)
	}
}
