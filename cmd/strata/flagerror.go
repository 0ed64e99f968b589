package main

import (
	"errors"
	"strconv"

	"github.com/spf13/pflag"

	"strata/model/catalogue"
)

// flagError tells from the catalogue what is wrong with a flag.
func flagError(err error) error {
	var unknown *pflag.NotExistError
	var silent *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown):
		if letters := unknown.GetSpecifiedShortnames(); letters != "" {
			return catalogue.Errorf("unknown shorthand flag: {letter} in -{letters}", "letter", quotedLetter(unknown.GetSpecifiedName()), "letters", letters)
		}
		return catalogue.Errorf("unknown flag: --{name}", "name", unknown.GetSpecifiedName())
	case errors.As(err, &silent):
		if letters := silent.GetSpecifiedShortnames(); letters != "" {
			return catalogue.Errorf("flag needs an argument: {letter} in -{letters}", "letter", quotedLetter(silent.GetSpecifiedName()), "letters", letters)
		}
		return catalogue.Errorf("flag needs an argument: --{name}", "name", silent.GetSpecifiedName())
	case errors.As(err, &invalid):
		flag := invalid.GetFlag()
		name := "--" + flag.Name
		if flag.Shorthand != "" {
			name = "-" + flag.Shorthand + ", " + name
		}
		return catalogue.Errorf("invalid argument {value:q} for {flag:q} flag: {cause}", "value", invalid.GetValue(), "flag", name, catalogue.Cause, errors.Unwrap(invalid))
	case errors.As(err, &syntax):
		return catalogue.Errorf("bad flag syntax: {flag}", "flag", syntax.GetSpecifiedFlag())
	}
	return err
}

func quotedLetter(name string) string { return strconv.QuoteRune(rune(name[0])) }
