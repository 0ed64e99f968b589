package schemefile

import (
	"strings"

	"github.com/goccy/go-yaml/ast"

	"strata/model"
)

// Map is a map of cells to segments out of a file: regions, or the name of one
// of [model.MapNames].
type Map struct {
	Name    string
	Regions []model.Region
}

// DecodeMap reads the map of a scheme, or a list of segments alone. Its cells
// must fit the levels. Errors are [*model.Error] with the code Invalid and name
// the line and column of what is wrong.
func DecodeMap(text []byte, levels [model.Axes]int) (Map, error) {
	root, err := parse(text)
	if err != nil {
		return Map{}, err
	}
	d := decoder{scheme: model.Ten(), foreign: true}
	if _, list := root.Node.(*ast.SequenceNode); list {
		root.key = "map"
		err = d.readRegions(root)
	} else {
		d.scheme.Map = ""
		err = d.read(root)
		if err == nil && d.scheme.Map == "" && d.regions == nil {
			err = root.wrong("there is no map").WithHint("give it as map: with a list of segments, like - {segment: best, tier: high, cells: \"55*\"}")
		}
	}
	if err == nil {
		d.scheme.Levels = levels
		err = d.settleMap()
	}
	if err == nil && d.scheme.Map == "" && len(d.regions) == 0 {
		err = root.wrong("the map has no segments").WithHint(`write one a line, like - {segment: best, tier: high, cells: "55*"}`)
	}
	return Map{Name: d.scheme.Map, Regions: d.scheme.Regions}, err
}

// Slug makes a slug of a segment's name: small letters a-z, digits, and a
// hyphen for anything between them; apostrophes are dropped. A name without any
// of them gives "segment".
func Slug(name string) string {
	var slug strings.Builder
	gap := false
	for _, c := range strings.ToLower(name) {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			if gap && slug.Len() > 0 {
				slug.WriteByte('-')
			}
			slug.WriteRune(c)
			gap = false
		case c != '\'' && c != '’':
			gap = true
		}
	}
	if slug.Len() == 0 {
		return "segment"
	}
	return slug.String()
}
