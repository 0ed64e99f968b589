package importer

import (
	"strings"
	"time"

	"strata/importer/parse"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/words"
)

// zoneNamed finds a time zone: UTC, Europe/London, Local. Error: Usage.
func zoneNamed(name string) (*time.Location, error) {
	if name == "" {
		return nil, nil //nolint:nilnil // no zone: days count as they are written
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, model.Errorf(model.Usage, "--time-zone: {name:q} is not a time zone", "name", name).WithHint("use a name like UTC, Europe/London or Asia/Shanghai")
	}
	return zone, nil
}

// zoned returns a date whose day is counted in the time zone of the plan, where
// there is one and the date carries an offset from UTC.
func (p *parser) zoned(text []byte, date parse.Date) parse.Date {
	if p.zone == nil {
		return date
	}
	if isEpoch(p.layout.dates) {
		if day, ok := parse.EpochDayIn(text, p.zone); ok {
			return parse.DateOf(day)
		}
		return date
	}
	if day, ok := parse.DayIn(text, date, p.layout.dates, p.zone); ok {
		return parse.DateOf(day)
	}
	return date
}

// settleZone says how days are counted where dates carry offsets from UTC: as
// they are written, unless the offsets differ, when one instant would fall on
// two days. Error: errAgain.
func (r *reading) settleZone() error {
	plan, offsets := r.plan, r.table.offsets
	none := offsets.of("").count
	var carried []string
	places := make(map[string]bool)
	for _, o := range offsets.sorted() {
		if o.word != "" {
			places[parse.PlaceOf(o.word)] = true
			carried = append(carried, catalogue.T("{offset} in {dates}", "offset", o.word, "dates", words.Count(o.count)))
		}
	}
	switch {
	case plan.TimeZone != "" && plan.said.zone && len(carried) == 0 && !isEpoch(r.dates):
		plan.warn("time-zones", "no date carries an offset from UTC, so --time-zone changes nothing: days are counted as written")
		plan.TimeZone = ""
		return nil
	case plan.TimeZone != "" || len(carried) == 0:
		return nil
	case len(places) > 1:
		plan.TimeZone = "UTC"
		r.again("time-zones", "the dates carry several offsets from UTC ({offsets}), so days are counted in UTC; --time-zone NAME, like Europe/London, counts them elsewhere", "offsets", strings.Join(carried, ", "))
		return errAgain
	case none > 0:
		plan.warn("time-zones", "some dates carry an offset from UTC ({offset}) and {none} do not, and days are counted as written; --time-zone NAME converts those that do", "offset", carried[0], "none", words.Count(none))
	}
	return nil
}

// again notes, for good, why the file is read again.
func (r *reading) again(code, entry string, named ...any) {
	r.lasting = append(r.lasting, model.Warning{Code: code, Message: catalogue.T(entry, named...)})
}
