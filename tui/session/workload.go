package session

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"strata/analysis/workload"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// Services returns what each tier is promised and what that costs, the best
// tier first. assumed is true where nobody has said anything yet: then it is
// [model.DefaultServices]. Error: Corrupt.
func (s *Session) Services(ctx context.Context) (services []model.Service, assumed bool, err error) {
	services, err = s.store.Services(ctx)
	if err != nil {
		return nil, false, err
	}
	if services == nil {
		return model.DefaultServices(), true, nil
	}
	for _, service := range services {
		if err := service.Check(); err != nil {
			return nil, false, model.Errorf(model.Corrupt, "the promise to tier {tier} of the workspace: {cause}", "tier", service.Tier, "cause", err).WithHint("set it again with: strata service W --set")
		}
	}
	return services, AllAssumed(services), nil
}

// AllAssumed reports whether nobody has said anything of any service.
func AllAssumed(services []model.Service) bool {
	return !slices.ContainsFunc(services, func(s model.Service) bool { return s.Assumed != model.AllAssumed })
}

// SetServices stores what each tier is promised. Errors: Usage, ReadOnly.
func (s *Session) SetServices(ctx context.Context, services []model.Service) error {
	for _, service := range services {
		if err := service.Check(); err != nil {
			return err
		}
	}
	return s.store.SetServices(ctx, services)
}

// SetServices makes services those of the workspace; they are stored behind the
// keys, and stay in memory where the workspace is read-only. Error: Usage.
func (b *Bench) SetServices(services []model.Service) error {
	for _, service := range services {
		if err := service.Check(); err != nil {
			return err
		}
	}
	services = slices.Clone(services)
	b.services, b.assumed = services, AllAssumed(services)
	b.journal.setServices(services)
	b.done.services = true
	f := *b.frame
	f.Services, f.ServicesAssumed = services, b.assumed
	b.frame = &f
	return nil
}

func (j *journal) setServices(services []model.Service) {
	if j == nil {
		return
	}
	j.ops <- func(ctx context.Context) error { return j.store.SetServices(ctx, services) }
}

// TierLoad is what the customers of a tier ask for a month.
type TierLoad struct {
	model.Service
	Was, Now workload.Load
}

// Workload is what the customers of a frame ask of those who serve them, beside
// those of the baseline.
type Workload struct {
	Tiers    []TierLoad // best first
	Was, Now workload.Load
	// Promises are the customers who wait at most so long for an answer, the
	// shortest first; PromisesWas the same promises in the baseline.
	Promises, PromisesWas []workload.Promise
	Assumed               bool // nobody has said what the tiers are promised
}

// PartlyAssumed reports whether somebody has said something, but not all.
func (w Workload) PartlyAssumed() bool {
	return !w.Assumed && slices.ContainsFunc(w.Tiers, func(t TierLoad) bool { return t.Service.Assumed != 0 })
}

// AdvisersFor names the tiers that have advisers, "HIGH and MID"; "" for none.
func (w Workload) AdvisersFor() string {
	return w.tiers(func(s model.Service) bool { return s.PerAdviser > 0 })
}

// CostOf names the tiers whose cost is known, "HIGH and MID"; "" for none. all is true
// where that is every tier.
func (w Workload) CostOf() (tiers string, all bool) {
	known := model.Service.CostKnown
	return w.tiers(known), !slices.ContainsFunc(w.Tiers, func(t TierLoad) bool { return !known(t.Service) })
}

func (w Workload) tiers(with func(model.Service) bool) string {
	var names []string
	for _, t := range w.Tiers {
		if with(t.Service) {
			names = append(names, words.Tier(t.Tier))
		}
	}
	if n := len(names); n > 1 {
		return catalogue.T("{names} and {last}", "names", strings.Join(names[:n-1], ", "), "last", names[n-1])
	}
	return strings.Join(names, "")
}

// Workload adds up what the tiers of a frame ask for. Customers in no tier are
// promised nothing.
func (f *Frame) Workload() Workload {
	customers := func(figures func(Group) Figures) func(model.Tier) int64 {
		return func(t model.Tier) int64 {
			i := slices.IndexFunc(f.Tiers, func(g Group) bool { return g.Tier == t })
			if i < 0 {
				return 0
			}
			return figures(f.Tiers[i]).Customers
		}
	}
	now, was := customers(func(g Group) Figures { return g.Now }), customers(func(g Group) Figures { return g.Was })
	w := Workload{
		Promises: workload.Promises(f.Services, now), PromisesWas: workload.Promises(f.Services, was),
		Assumed: f.ServicesAssumed,
	}
	for _, s := range f.Services {
		t := TierLoad{Service: s, Was: workload.Of(s, was(s.Tier)), Now: workload.Of(s, now(s.Tier))}
		w.Tiers = append(w.Tiers, t)
		w.Was, w.Now = w.Was.Add(t.Was), w.Now.Add(t.Now)
	}
	return w
}

// ServiceField is one thing a tier is promised, or what that costs.
type ServiceField string

// The fields of a service, by the names that are typed.
const (
	ServicePromise    ServiceField = "promise"
	ServiceContacts   ServiceField = "contacts"
	ServiceMinutes    ServiceField = "minutes"
	ServicePerAdviser ServiceField = "per-adviser"
	ServiceCost       ServiceField = "cost"
)

// ServiceFields lists the fields, in the order they are shown.
var ServiceFields = []ServiceField{ServicePromise, ServiceContacts, ServiceMinutes, ServicePerAdviser, ServiceCost}

// Title says what the field is, with its unit.
func (f ServiceField) Title() string {
	return map[ServiceField]string{
		ServicePromise:    catalogue.T("an answer within"),
		ServiceContacts:   catalogue.T("contacts per customer per month"),
		ServiceMinutes:    catalogue.T("minutes per contact"),
		ServicePerAdviser: catalogue.T("customers per adviser"),
		ServiceCost:       catalogue.T("cost per contact"),
	}[f]
}

// bit is the field among those assumed.
func (f ServiceField) bit() model.Assumed { return 1 << slices.Index(ServiceFields, f) }

// Assumed reports whether nobody has said anything of the field of a service.
func (f ServiceField) Assumed(s model.Service) bool { return s.Assumed&f.bit() != 0 }

// AssumedFields lists the fields of a service of which nobody has said anything.
func AssumedFields(s model.Service) []ServiceField {
	return slices.DeleteFunc(slices.Clone(ServiceFields), func(f ServiceField) bool { return !f.Assumed(s) })
}

// Allowed says what can be typed.
func (f ServiceField) Allowed() string {
	return map[ServiceField]string{
		ServicePromise:    catalogue.T("minutes, hours or days, like 30m, 1h or 2d, up to 366d"),
		ServiceContacts:   catalogue.T("0 to 100, with two decimals at most, like 0.25"),
		ServiceMinutes:    catalogue.T("whole minutes, 0 to 1440"),
		ServicePerAdviser: catalogue.T("a whole number up to 1000000, 0 for no named adviser"),
		ServiceCost:       catalogue.T("an amount up to 10000, like 3.50"),
	}[f]
}

// Text writes the value of a field as it can be typed.
func (f ServiceField) Text(s model.Service) string {
	switch f {
	case ServicePromise:
		return strings.ReplaceAll(PromiseText(s.Promise), " ", "")
	case ServiceContacts:
		return HundredthsText(int64(s.Contacts))
	case ServiceMinutes:
		return strconv.Itoa(s.Minutes)
	case ServicePerAdviser:
		return strconv.Itoa(s.PerAdviser)
	}
	return s.ContactCost.String()
}

// Set changes the field of one service to what was typed. Error: Usage, with
// what is allowed.
func (f ServiceField) Set(s *model.Service, text string) error {
	changed, text := *s, strings.TrimSpace(text)
	var err error
	switch f {
	case ServicePromise:
		changed.Promise, err = parsePromise(text)
	case ServiceContacts:
		var hundredths model.Money // two of its four digits
		hundredths, err = typedMoney(text)
		changed.Contacts = int(hundredths / (model.Unit / 100))
		if hundredths%(model.Unit/100) != 0 {
			err = strconv.ErrSyntax
		}
	case ServiceMinutes:
		changed.Minutes, err = TypedWhole(text)
	case ServicePerAdviser:
		changed.PerAdviser, err = TypedWhole(text)
	case ServiceCost:
		changed.ContactCost, err = typedMoney(text)
	}
	if err != nil || changed.Check() != nil {
		return model.Errorf(model.Usage, "{text:q} is not valid for {title}", "text", text, "title", f.Title()).WithHint("use {allowed}", "allowed", f.Allowed())
	}
	changed.Assumed &^= f.bit()
	*s = changed
	return nil
}

// ParseServices changes services as a text says: "high.promise=1h,low.cost=0.5".
// What it does not name stays. Error: Usage, with what is allowed.
func ParseServices(services []model.Service, text string) ([]model.Service, error) {
	services = slices.Clone(services)
	for part := range strings.SplitSeq(text, ",") {
		name, value, ok := strings.Cut(part, "=")
		tier, field, dotted := strings.Cut(strings.TrimSpace(name), ".")
		if !ok || !dotted {
			return nil, model.Errorf(model.Usage, "{part:q} sets nothing", "part", part).WithHint("write tier.field=value, like high.promise=1h or low.cost=0.5; a comma begins another one")
		}
		i := slices.IndexFunc(services, func(s model.Service) bool { return string(s.Tier) == tier })
		if i < 0 {
			return nil, model.Errorf(model.Usage, "nothing can be promised to a tier {tier:q}", "tier", tier).WithHint("use high, mid or low")
		}
		if !slices.Contains(ServiceFields, ServiceField(field)) {
			return nil, model.Errorf(model.Usage, "a service has no field {field:q}", "field", field).
				WithHint("use {service_promise}, {service_contacts}, {service_minutes}, {service_per_adviser} or {service_cost}", "service_promise", ServicePromise, "service_contacts", ServiceContacts, "service_minutes", ServiceMinutes, "service_per_adviser", ServicePerAdviser, "service_cost", ServiceCost)
		}
		if err := ServiceField(field).Set(&services[i], value); err != nil {
			return nil, model.Errorf(model.Usage, "{name}: {cause}", "name", strings.TrimSpace(name), "cause", err)
		}
	}
	return services, nil
}

// hoursUpTo is until when promises are told in hours.
const hoursUpTo = 72 * 60

// PromiseText writes minutes as a promise: "45 m", "1 h", "24 h", "7 d".
func PromiseText(minutes int) string {
	switch {
	case minutes%60 == 0 && minutes <= hoursUpTo:
		return fmt.Sprintf("%d h", minutes/60)
	case minutes%(24*60) == 0:
		return fmt.Sprintf("%d d", minutes/(24*60))
	case minutes%60 == 0:
		return fmt.Sprintf("%d h", minutes/60)
	}
	return fmt.Sprintf("%d m", minutes)
}

func parsePromise(text string) (minutes int, err error) {
	number := strings.TrimRight(text, " mhd")
	n, err := TypedWhole(number)
	if err != nil || n > model.MostPromise {
		return 0, strconv.ErrSyntax
	}
	switch unit := strings.TrimSpace(text[len(number):]); unit {
	case "m":
		return n, nil
	case "h":
		return n * 60, nil
	case "d":
		return n * 24 * 60, nil
	}
	return 0, strconv.ErrSyntax
}

// HundredthsText writes hundredths with the decimals they need: "4", "0.25".
func HundredthsText(n int64) string {
	const hundredth = model.Unit / 100
	return model.WholeCut(n * hundredth).Text(model.Unit)
}
