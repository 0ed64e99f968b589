package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/model/yamltext"
)

// fairFlags change the fair rules of a scheme.
type fairFlags struct {
	fair, grace, stay, band, history, overrides string

	// The overrides once the file has been read: a pipe can be read only once, and
	// flags are applied more often.
	locked []model.Override
	read   bool
}

func (f *fairFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.fair, "fair", "", catalogue.T("whether fair rules apply: on or off"))
	flags.StringVar(&f.grace, "grace", "", catalogue.T("how many monthly readings in a row a customer may be below a tier, to fall only at the next"))
	flags.StringVar(&f.stay, "stay", "", catalogue.T("the minimum number of months that a customer stays in a tier"))
	flags.StringVar(&f.band, "band", "", catalogue.T("how far below a tier's cut of the value score a customer must be to fall out of the tier"))
	flags.StringVar(&f.history, "history", "", catalogue.T("how many months grace, stay and band look back (12)"))
	flags.StringVar(&f.overrides, "overrides", "", catalogue.T("a CSV file of customers locked in a tier: customer,tier,until,reason,author"))
	completeFlag(cmd, "fair", fairWords)
}

var fairWords = []string{"on", "off"}

// apply changes fair rules as the flags say. A file of overrides takes the place
// of those there are.
func (f *fairFlags) apply(to *model.Fairness) error {
	if f.fair != "" {
		if err := oneOf("--fair", f.fair, fairWords...); err != nil {
			return err
		}
		to.Off = f.fair == "off"
	}
	for _, n := range []struct {
		flag, text string
		value      *int
	}{{"--grace", f.grace, &to.Grace}, {"--stay", f.stay, &to.Stay}, {"--band", f.band, &to.Band}, {"--history", f.history, &to.History}} {
		if n.text == "" {
			continue
		}
		value, err := strconv.Atoi(n.text)
		if err != nil {
			return model.Errorf(model.Usage, "{flag} {text:q} is not a whole number", "flag", n.flag, "text", n.text).WithHint("0 switches the rule off")
		}
		*n.value = value
	}
	if f.overrides != "" {
		if err := f.readLocked(); err != nil {
			return err
		}
		to.Overrides = slices.Clone(f.locked)
	}
	return to.Check()
}

// readLocked reads the file of overrides, if that has not been done yet.
func (f *fairFlags) readLocked() error {
	if f.read {
		return nil
	}
	text, err := readText(f.overrides)
	if err != nil {
		return err
	}
	f.locked, err = readOverrides(f.overrides, text)
	if err == nil && len(f.locked) <= model.MostOverrides { // more are refused with the other rules
		err = f.readableAgain()
	}
	f.read = err == nil
	return err
}

// readableAgain refuses overrides whose scheme would be too much to be read once it was
// written, as into a workspace. Error: Invalid.
func (f *fairFlags) readableAgain() error {
	scheme := model.Ten()
	scheme.Fair.Overrides = f.locked
	if _, err := yamltext.Parse([]byte(schemefile.Encode(scheme))); err != nil {
		return model.Errorf(model.Invalid, "{overrides} has more than a scheme can hold: {cause}", "overrides", f.overrides, "cause", err).WithHint("shorten the reasons, or lock fewer customers")
	}
	return nil
}

// overrideColumns are the columns of a file of overrides; only the first two
// must be there.
var overrideColumns = []string{"customer", "tier", "until", "reason", "author"}

// readOverrides reads a CSV text with a header. Errors: Invalid, naming the
// file, the line and the column.
func readOverrides(path, text string) ([]model.Override, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, model.Errorf(model.Invalid, "{path} is empty", "path", path).WithHint("begin with the line {columns}", "columns", strings.Join(overrideColumns, ","))
	}
	if err == nil {
		err = checkOverrideHeader(header)
	}
	if err != nil {
		return nil, overrideError(path, r, 0, err)
	}
	var overrides []model.Override
	lines := map[string]int{}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return overrides, nil
		}
		if err != nil {
			return nil, overrideError(path, r, 0, err)
		}
		o, column, err := readOverride(header, record)
		line, _ := r.FieldPos(0)
		if before, twice := lines[o.Customer]; err == nil && twice {
			column = slices.Index(header, "customer")
			err = model.Errorf(model.Invalid, "customer {customer:q} already has an override on line {line}", "customer", o.Customer, "line", before).WithHint("leave one of them out")
		}
		if err != nil {
			return nil, overrideError(path, r, column, err)
		}
		lines[o.Customer] = line
		overrides = append(overrides, o)
	}
}

func checkOverrideHeader(header []string) error {
	for i, name := range header {
		header[i] = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(overrideColumns, header[i]) || slices.Contains(header[:i], header[i]) {
			return model.Errorf(model.Invalid, "the column {name} is unknown or repeated", "name", fmt.Sprintf("%.60q", name)).
				WithHint("the columns are {columns}", "columns", strings.Join(overrideColumns, ", "))
		}
	}
	for _, name := range overrideColumns[:2] {
		if !slices.Contains(header, name) {
			return model.Errorf(model.Invalid, "there is no column {name}", "name", name).
				WithHint("the columns are {columns}; the first two must be there", "columns", strings.Join(overrideColumns, ", "))
		}
	}
	return nil
}

// readOverride reads a record; on error column says which field is wrong.
func readOverride(header, record []string) (o model.Override, column int, err error) {
	o.Until = model.NoDay
	for i, name := range header {
		switch value := record[i]; name {
		case "customer":
			if o.Customer = value; value == "" {
				return o, i, model.Errorf(model.Invalid, "an override without a customer").WithHint("give the key as it is in the file")
			}
		case "tier":
			if o.Tier = model.Tier(strings.ToLower(value)); !o.Tier.Lockable() {
				return o, i, model.Errorf(model.Invalid, "no tier {value:q}", "value", value).WithHint("use high, mid or low")
			}
		case "until":
			if value == "" {
				continue
			}
			if o.Until, err = model.ParseDay(value); err != nil {
				return o, i, err
			}
		case "reason":
			o.Reason, err = value, model.CheckLength(value, model.LongestReason)
		case "author":
			o.Author, err = value, model.CheckLength(value, model.LongestName)
		}
		if err != nil {
			return o, i, err
		}
	}
	return o, 0, nil
}

// overrideError says where in a file of overrides something is wrong: in a field
// of the record read last, or where CSV itself broke.
func overrideError(path string, r *csv.Reader, field int, err error) error {
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		return model.Errorf(model.Invalid, "{path}, line {line}, column {column}: {cause}", "path", path, "line", broken.Line, "column", broken.Column, "cause", broken.Err).
			WithHint("use as many fields as the first line has, and put texts with commas in double quotes")
	}
	line, column := r.FieldPos(field)
	return model.Errorf(model.Invalid, "{path}, line {line}, column {column}: {cause}", "path", path, "line", line, "column", column, "cause", err)
}
