package schemefile

import (
	"encoding/json"
	"slices"

	"strata/model"
)

// fairness is the YAML shape of the fair rules.
type fairness struct {
	Off       bool       `yaml:"off,omitempty"`
	Grace     int        `yaml:"grace,omitempty"`
	Stay      int        `yaml:"stay,omitempty"`
	Band      int        `yaml:"band,omitempty"`
	History   int        `yaml:"history,omitempty"`
	Overrides []override `yaml:"overrides,omitempty"`
}

type override struct {
	Customer foreign `yaml:"customer"`
	Tier     string  `yaml:"tier"`
	Until    string  `yaml:"until,omitempty"`
	Reason   foreign `yaml:"reason,omitempty"`
	Author   foreign `yaml:"author,omitempty"`
}

// foreign is a text from outside: always quoted, so that nothing in it is YAML.
type foreign string

func (f foreign) MarshalYAML() ([]byte, error) { return json.Marshal(string(f)) }

// encodeFair returns nil where there is nothing to write.
func encodeFair(f model.Fairness) *fairness {
	if f.Empty() {
		return nil
	}
	out := &fairness{Off: f.Off, Grace: f.Grace, Stay: f.Stay, Band: f.Band, History: f.History}
	for _, o := range f.Overrides {
		w := override{Customer: foreign(o.Customer), Tier: string(o.Tier), Reason: foreign(o.Reason), Author: foreign(o.Author)}
		if o.Until != model.NoDay {
			w.Until = o.Until.String()
		}
		out.Overrides = append(out.Overrides, w)
	}
	return out
}

func (d *decoder) readFair(n node) error {
	f := &d.scheme.Fair
	return n.fields([]string{"off", "grace", "stay", "band", "history", "overrides"}, func(n node) (err error) {
		switch n.key {
		case "off":
			var word string
			err = choose(n, &word, "true", "false")
			f.Off = word == "true"
		case "grace":
			f.Grace, err = n.upTo(model.MostMonths)
		case "stay":
			f.Stay, err = n.upTo(model.MostMonths)
		case "band":
			f.Band, err = n.upTo(model.MostBand)
		case "history":
			f.History, err = n.upTo(model.MostHistory)
		case "overrides":
			err = d.readOverrides(n)
		}
		return err
	})
}

func (d *decoder) readOverrides(n node) error {
	f := &d.scheme.Fair
	for _, each := range n.list() {
		o, err := readOverride(each)
		if err == nil {
			err = d.short(each, o.Reason, model.LongestReason)
		}
		if err == nil {
			err = d.short(each, o.Author, model.LongestName)
		}
		if err != nil {
			return err
		}
		if slices.ContainsFunc(f.Overrides, func(other model.Override) bool { return other.Customer == o.Customer }) {
			return each.wrong("overrides: there are two for customer {customer:q}", "customer", o.Customer).WithHint("leave one of them out")
		}
		f.Overrides = append(f.Overrides, o)
	}
	return nil
}

func readOverride(n node) (model.Override, error) {
	o := model.Override{Until: model.NoDay}
	err := n.fields([]string{"customer", "tier", "until", "reason", "author"}, func(n node) (err error) {
		switch n.key {
		case "customer":
			o.Customer, err = n.text()
		case "tier":
			err = choose(n, &o.Tier, model.TierHigh, model.TierMid, model.TierLow)
		case "until":
			var day string
			if day, err = n.text(); err == nil && day != "" {
				if o.Until, err = model.ParseDay(day); err != nil {
					err = n.because(err)
				}
			}
		case "reason":
			o.Reason, err = n.text()
		case "author":
			o.Author, err = n.text()
		}
		return err
	})
	switch {
	case err != nil:
	case o.Customer == "":
		err = n.wrong("overrides: an override without a customer").WithHint(`give the key as it is in the file, like customer: "00123"`)
	case o.Tier == "":
		err = n.wrong("overrides: customer {customer:q} has no tier", "customer", o.Customer).WithHint("give it as tier: high, mid or low")
	}
	return o, err
}

// upTo returns a whole number from 0 to most.
func (n node) upTo(most int) (int, error) {
	i, err := n.integer()
	if err == nil && (i < 0 || i > most) {
		err = n.wrong("{key}: {value} is out of range", "key", n.key, "value", i).WithHint("use 0 to {most}", "most", most)
	}
	return i, err
}
