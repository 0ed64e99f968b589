// Package schemefile writes a scheme as a small YAML text and reads it back:
//
//	scheme: my tiers
//	as_of: 2011-12-10        # or after-last-order
//	window: all              # 12m, 365d
//	where: [region=East]
//	returns: net             # net, ignore, orders
//	zero: keep               # keep, drop
//	frequency: orders        # orders, days, months, per-month
//	monetary: sum            # sum, mean, margin
//	levels: 5                # or {recency: 5, frequency: 5, monetary: 3}
//	cuts:
//	  recency: {method: quantile, estimate: data}
//	  frequency: {method: fixed, at: [1, 2, 3, 6]}
//	  monetary: {method: quantile, estimate: frozen, at: ["250.194", "490.096", "942.276", "2058.426"]}
//	value: {weights: [1, 1, 1], cuts: [8, 12]}
//	map: ten
//	data: 7f3a...            # fingerprint of the data it was made on
//
// What is left out is as in the scheme ten. A frozen cut is written with six
// decimals at most; reading it back yields the same tiers, because only the
// whole part of a cut (in days, orders or ten-thousandths of currency) decides
// a score and six decimals never round it away.
package schemefile

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"strata/model"
)

const (
	afterLastOrder = "after-last-order"
	estimateData   = "data"
	estimateFrozen = "frozen"
)

// file is the YAML shape of a scheme; pointers and empty strings mean "as in ten".
type file struct {
	Scheme    string     `yaml:"scheme"`
	AsOf      string     `yaml:"as_of,omitempty"`
	Window    string     `yaml:"window,omitempty"`
	Where     conditions `yaml:"where,omitempty"`
	Returns   string     `yaml:"returns,omitempty"`
	Zero      string     `yaml:"zero,omitempty"`
	Frequency string     `yaml:"frequency,omitempty"`
	Monetary  string     `yaml:"monetary,omitempty"`
	Levels    levels     `yaml:"levels,omitempty"`
	Cuts      cuts       `yaml:"cuts,omitempty"`
	Value     *value     `yaml:"value,omitempty"`
	Map       string     `yaml:"map,omitempty"`
	Data      string     `yaml:"data,omitempty"`
}

type cuts struct {
	Recency   *axis `yaml:"recency,omitempty,flow"`
	Frequency *axis `yaml:"frequency,omitempty,flow"`
	Monetary  *axis `yaml:"monetary,omitempty,flow"`
}

type axis struct {
	Method   string   `yaml:"method"`
	Estimate string   `yaml:"estimate,omitempty"`
	At       []scalar `yaml:"at,omitempty,flow"`
}

type value struct {
	Weights []int `yaml:"weights,omitempty,flow"`
	Cuts    []int `yaml:"cuts,omitempty,flow"`
}

// scalar keeps a number as it is written, so that no float comes between.
type scalar string

func (s *scalar) UnmarshalYAML(text []byte) error {
	*s = scalar(strings.Trim(strings.TrimSpace(string(text)), `"'`))
	return nil
}

// conditions may be one text or a list of texts.
type conditions []string

func (c *conditions) UnmarshalYAML(unmarshal func(any) error) error {
	var one string
	if unmarshal(&one) == nil {
		*c = conditions{one}
		return nil
	}
	return unmarshal((*[]string)(c))
}

// levels may be one number for all measures or a number for each.
type levels [model.Axes]int

func (l *levels) UnmarshalYAML(unmarshal func(any) error) error {
	var all int
	if unmarshal(&all) == nil {
		*l = levels{all, all, all}
		return nil
	}
	each := struct {
		Recency   int `yaml:"recency"`
		Frequency int `yaml:"frequency"`
		Monetary  int `yaml:"monetary"`
	}{5, 5, 5}
	if err := unmarshal(&each); err != nil {
		return err
	}
	*l = levels{each.Recency, each.Frequency, each.Monetary}
	return nil
}

func (l levels) MarshalYAML() (any, error) {
	if l[0] == l[1] && l[1] == l[2] {
		return l[0], nil
	}
	return yaml.MapSlice{{Key: "recency", Value: l[0]}, {Key: "frequency", Value: l[1]}, {Key: "monetary", Value: l[2]}}, nil
}

// Encode writes a scheme in full. Equal schemes give equal texts.
func Encode(s model.Scheme) string {
	f := file{
		Scheme:    s.Name,
		AsOf:      afterLastOrder,
		Window:    s.Spec.Window.String(),
		Returns:   string(s.Spec.Returns),
		Zero:      string(s.Spec.Zero),
		Frequency: string(s.Spec.Frequency),
		Monetary:  string(s.Spec.Monetary),
		Levels:    s.Levels,
		Value:     &value{Weights: s.Value.Weights[:], Cuts: s.Value.Cuts[:]},
		Map:       s.Map,
		Data:      s.Data,
	}
	if s.Spec.AsOf != model.NoDay {
		f.AsOf = s.Spec.AsOf.String()
	}
	for _, c := range s.Spec.Where {
		f.Where = append(f.Where, c.String())
	}
	for a, to := range []**axis{&f.Cuts.Recency, &f.Cuts.Frequency, &f.Cuts.Monetary} {
		*to = encodeAxis(s.Cuts[a], s.Spec.Scale(model.Axis(a)))
	}
	text, err := yaml.MarshalWithOptions(f, yaml.IndentSequence(true))
	if err != nil {
		panic(err) // plain strings and numbers always encode
	}
	return string(text)
}

func encodeAxis(c model.AxisCuts, scale int64) *axis {
	x := &axis{Method: string(c.Method)}
	for _, cut := range c.At {
		x.At = append(x.At, scalar(cut.Text(scale)))
	}
	if c.Method == model.MethodQuantile {
		x.Estimate = estimateData
		if c.At != nil {
			x.Estimate = estimateFrozen
		}
	}
	return x
}

// Decode reads a scheme. Errors are [*model.Error] with the code Invalid and
// name the line where YAML or a value is wrong.
func Decode(text []byte) (model.Scheme, error) {
	s := model.Ten()
	var f file
	if err := yaml.UnmarshalWithOptions(text, &f, yaml.DisallowUnknownField()); err != nil {
		return s, yamlError(err)
	}
	s.Name, s.Data = f.Scheme, f.Data
	if s.Name == "" {
		s.Name = "unnamed"
	}
	if f.Map != "" {
		s.Map = f.Map
	}
	if err := decodeSpec(&s.Spec, f); err != nil {
		return s, err
	}
	if f.Levels != (levels{}) {
		s.Levels = f.Levels
	}
	for a, from := range []*axis{f.Cuts.Recency, f.Cuts.Frequency, f.Cuts.Monetary} {
		if from == nil {
			continue
		}
		var err error
		if s.Cuts[a], err = decodeAxis(*from, s.Spec.Scale(model.Axis(a))); err != nil {
			return s, model.Errorf(model.Invalid, "cuts of %s: %w", model.Axis(a), err)
		}
	}
	return s, decodeValue(&s.Value, f.Value)
}

func decodeSpec(spec *model.Spec, f file) error {
	var err error
	if f.AsOf != "" && f.AsOf != afterLastOrder {
		if spec.AsOf, err = model.ParseDay(f.AsOf); err != nil {
			return fmt.Errorf("as_of: %w", err)
		}
	}
	if spec.Window, err = model.ParseWindow(f.Window); err != nil {
		return fmt.Errorf("window: %w", err)
	}
	for _, w := range f.Where {
		c, err := model.ParseCondition(w)
		if err != nil {
			return fmt.Errorf("where: %w", err)
		}
		spec.Where = append(spec.Where, c)
	}
	return errors.Join(
		choose("returns", f.Returns, &spec.Returns, model.ReturnsNet, model.ReturnsIgnore, model.ReturnsOrders),
		choose("zero", f.Zero, &spec.Zero, model.ZeroKeep, model.ZeroDrop),
		choose("frequency", f.Frequency, &spec.Frequency, model.FrequencyOrders, model.FrequencyDays, model.FrequencyMonths, model.FrequencyPerMonth),
		choose("monetary", f.Monetary, &spec.Monetary, model.MonetarySum, model.MonetaryMean, model.MonetaryMargin),
	)
}

func choose[T ~string](key, text string, to *T, allowed ...T) error {
	if text == "" {
		return nil
	}
	names := make([]string, len(allowed))
	for i, a := range allowed {
		if string(a) == text {
			*to = a
			return nil
		}
		names[i] = string(a)
	}
	return model.Errorf(model.Invalid, "%s: %q is unknown", key, text).WithHint("use one of %s", strings.Join(names, ", "))
}

func decodeAxis(x axis, scale int64) (model.AxisCuts, error) {
	c := model.AxisCuts{}
	if err := choose("method", x.Method, &c.Method, model.MethodQuantile, model.MethodFixed); err != nil {
		return c, err
	}
	if c.Method == model.MethodQuantile && x.Estimate != estimateFrozen {
		return c, nil
	}
	for _, text := range x.At {
		cut, err := model.ParseCut(string(text), scale)
		if err != nil {
			return c, err
		}
		c.At = append(c.At, cut)
	}
	if len(c.At) == 0 {
		return c, model.Errorf(model.Invalid, "%s cuts without values", x.Method).WithHint("give them as at: [1, 2, 3, 6]")
	}
	return c, nil
}

func decodeValue(to *model.ValueRule, from *value) error {
	if from == nil {
		return nil
	}
	if n := len(from.Weights); n != 0 {
		if n != len(to.Weights) {
			return model.Errorf(model.Invalid, "value: %d weights", n).WithHint("give three: recency, frequency, monetary")
		}
		copy(to.Weights[:], from.Weights)
	}
	if n := len(from.Cuts); n != 0 {
		if n != len(to.Cuts) {
			return model.Errorf(model.Invalid, "value: %d cuts", n).WithHint("give two: where MID begins and where HIGH begins")
		}
		copy(to.Cuts[:], from.Cuts)
	}
	return nil
}

// yamlError turns a decoder's error, which draws the place over several lines,
// into one sentence with line and column.
func yamlError(err error) error {
	var y yaml.Error
	if !errors.As(err, &y) || y.GetToken() == nil || y.GetToken().Position == nil {
		return model.Errorf(model.Invalid, "not a scheme: %w", err)
	}
	at := y.GetToken().Position
	return model.Errorf(model.Invalid, "line %d, column %s: %s", at.Line, strconv.Itoa(at.Column), y.GetMessage())
}
