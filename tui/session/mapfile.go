package session

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/model/words"
)

// mostMapBytes bounds a map file; one of 729 cells with long names has some
// 60,000 bytes.
const mostMapBytes = 1 << 18

// ReadMap puts the map of a file in the place of a scheme's: a table
// ([schemefile.DecodeMapCSV]), or a YAML list of segments or scheme, of which only
// the map is taken. Cells that the file leaves out go to Others. Errors: NotFound,
// Unreadable, Invalid naming file, line and column, Usage for a map that does not
// fit the scheme.
func ReadMap(path string, scheme model.Scheme) (model.Scheme, error) {
	text, err := readSmall(path)
	if err != nil {
		return scheme, err
	}
	m, err := decodeMap(path, text, scheme.Levels)
	if err != nil {
		return scheme, inFile(path, err)
	}
	scheme = scheme.Clone()
	scheme.Map, scheme.Regions = m.Name, m.Regions
	if !isValueMap(m.Name) {
		scheme.Value.Shares = [2]int{} // the map says where the tiers are
	}
	if _, err := CheckScheme(scheme); err != nil {
		return scheme, inFile(path, err)
	}
	if m.Name == "" && isTable(path) {
		d, err := newDrawing(scheme)
		if err != nil {
			return scheme, err
		}
		scheme = d.on(scheme)
	}
	return scheme, nil
}

// isValueMap reports whether the tiers of a map follow from the value score.
func isValueMap(name string) bool { return name == "ten" || name == "value" }

func isTable(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv", ".tsv", ".txt":
		return true
	}
	return false
}

func decodeMap(path string, text []byte, levels [model.Axes]int) (schemefile.Map, error) {
	if isTable(path) {
		regions, err := schemefile.DecodeMapCSV(text, levels)
		return schemefile.Map{Regions: regions}, err
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".yaml", ".yml":
		return schemefile.DecodeMap(text, levels)
	}
	return schemefile.Map{}, model.Errorf(model.Usage, "a map is a table or YAML").WithHint("name the file .csv or .yaml")
}

// inFile puts the name of a file before what is wrong in it.
func inFile(path string, err error) error {
	var e *model.Error
	if !errors.As(err, &e) {
		return model.Errorf(model.Invalid, "{path}: {cause}", "path", path, "cause", err)
	}
	told := *e
	told.Message = filepath.Base(path) + ": " + e.Message
	return &told
}

// readSmall reads a file that a person chose. Anything but an ordinary file is
// refused: a device or a pipe may never end.
func readSmall(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, model.Errorf(model.NotFound, "{path}: no such file", "path", path).WithHint("check the path")
	case err != nil:
		return nil, model.Errorf(model.Unreadable, "{path} cannot be read: {cause}", "path", path, "cause", errors.Unwrap(err))
	case !info.Mode().IsRegular():
		return nil, model.Errorf(model.Unreadable, "{path} is not a file", "path", path).WithHint("give a .csv or .yaml file")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, model.Errorf(model.Unreadable, "{path} cannot be read: {cause}", "path", path, "cause", errors.Unwrap(err))
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, mostMapBytes+1))
	if err != nil {
		return nil, model.Errorf(model.Unreadable, "{path} cannot be read: {cause}", "path", path, "cause", errors.Unwrap(err))
	}
	if len(text) > mostMapBytes {
		return nil, model.Errorf(model.Invalid, "{path} is larger than any map: more than 256 KiB", "path", path).WithHint("give a table with one cell a row, or a scheme file")
	}
	return text, nil
}

// TakeMap makes the map of a scheme that [ReadMap] returned the working
// scheme's, as one edit; name is what the file is called. Error: Usage for a map
// that no longer fits.
func (b *Bench) TakeMap(name string, read model.Scheme) (told string, err error) {
	scheme := b.placed()
	scheme.Map, scheme.Regions, scheme.Value.Shares = read.Map, read.Regions, read.Value.Shares
	if scheme.Equal(b.placed()) {
		return catalogue.T("the map is already that of {name}", "name", name), nil
	}
	label := catalogue.T("map from {name}: {segments}", "name", name, "segments", words.Plural(int64(len(scheme.Regions)), "segment", "segments"))
	if scheme.Map != "" {
		label = catalogue.T("map {map}, from {name}", "map", scheme.Map, "name", name)
	}
	if err := b.Change(label, scheme); err != nil {
		return "", err
	}
	if left := b.frame.Lint.Uncovered; len(left) > 0 {
		label += catalogue.T(", {cells} ({customers}) in {others}", "cells", words.Plural(int64(len(left)), "cell", "cells"), "customers", words.Plural(lintCustomers(left), "customer", "customers"), "others", rfm.Others().Label)
	}
	return label, nil
}

// lintCustomers counts the customers of what a linter found.
func lintCustomers(found []rfm.LintCell) (customers int64) {
	for _, c := range found {
		customers += c.Customers
	}
	return customers
}
