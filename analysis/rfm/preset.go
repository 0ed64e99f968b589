package rfm

import (
	"strata/model"
	"strata/model/catalogue"
)

// Presets lists the schemes that need no file, the default first.
func Presets() []model.Scheme {
	schemes := []model.Scheme{model.Ten()}
	for _, name := range model.MapNames[1:] {
		scheme, _ := Preset(name)
		schemes = append(schemes, scheme)
	}
	return schemes
}

// Preset returns the scheme with a name, and false when there is none. Each
// has the map of its own name.
func Preset(name string) (model.Scheme, bool) {
	s := model.Ten()
	s.Name, s.Map = name, name
	set := func(method model.Method, levels int) {
		for a := range s.Cuts {
			s.Cuts[a].Method, s.Levels[a] = method, levels
		}
	}
	switch name {
	case mapTen, "grid", "eleven", "putler":
	case mapValue:
		s.Value.Cuts, s.Value.Shares = [2]int{}, [2]int{15, 35}
	case "eight":
		set(model.MethodMean, 2)
	case "rfm-r":
		set(model.MethodRFMR, 5)
	case "klaviyo":
		set(model.MethodQuantile, 3)
	case "pymc":
		set(model.MethodQuantile, 4)
	default:
		return model.Scheme{}, false
	}
	return s, true
}

// PresetTitle says in one line what the scheme with a name is.
func PresetTitle(name string) string {
	return map[string]string{
		mapTen:    catalogue.T("ten segments inside three tiers by value score"),
		mapValue:  catalogue.T("ten bands of the weighted score, tiers by share of customers"),
		"grid":    catalogue.T("recency × frequency in ten segments"),
		"eleven":  catalogue.T("eleven segments, each an explicit list of cells"),
		"eight":   catalogue.T("eight classes used in China, each measure cut at its mean"),
		"rfm-r":   catalogue.T("the R package rfm reproduced, with its own binning"),
		"klaviyo": catalogue.T("Klaviyo's six groups, three scores per measure"),
		"putler":  catalogue.T("recency × (frequency + monetary) ÷ 2, in ranges that overlap"),
		"pymc":    catalogue.T("PyMC-Marketing's quartiles; some cells are left out"),
	}[name]
}

// PresetSegments returns how many segments the preset with a name has, Others
// not counted.
func PresetSegments(name string) int {
	switch name {
	case mapTen:
		return len(tenSegments())
	case mapValue:
		return bands
	}
	return len(published(name))
}
