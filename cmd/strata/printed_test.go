package main

import (
	"encoding/json"

	"strata/model"
)

// tiersJSON is `strata tiers` in JSON, as those read it who lean on it.
type tiersJSON struct {
	AsOf             string          `json:"as_of"`
	Window           string          `json:"window"`
	Where            []string        `json:"where"`
	Currency         string          `json:"currency"`
	Scheme           string          `json:"scheme"`
	Edited           bool            `json:"edited"` // it differs from what is saved under that name
	Fingerprint      string          `json:"fingerprint"`
	Method           any             `json:"method"`
	Levels           any             `json:"levels"`
	Returns          string          `json:"returns"`
	Zero             string          `json:"zero"`
	FrequencyMeasure string          `json:"frequency_measure"`
	LeastMonths      *int            `json:"least_months"` // null but for per-month
	MonetaryMeasure  string          `json:"monetary_measure"`
	Customers        int64           `json:"customers"`
	Orders           int64           `json:"orders"`
	Revenue          amount          `json:"revenue"`
	AOV              amount          `json:"aov"`
	RepeatRate       *float64        `json:"repeat_rate"`
	NotTiered        partJSON        `json:"not_tiered"`
	NotCounted       partJSON        `json:"not_counted"`
	BeforeWindow     partJSON        `json:"before_window"`
	NotSeen          partJSON        `json:"not_seen"`
	FilteredOut      partJSON        `json:"filtered_out"`
	Workspace        partJSON        `json:"workspace"`
	Cuts             cutsJSON        `json:"cuts"`
	ScoreCounts      scoreCountsJSON `json:"score_counts"`
	Tiers            []printedGroup  `json:"tiers"`
	Segments         []printedGroup  `json:"segments"`
	Fair             *fairJSON       `json:"fair"`
	Warnings         []model.Warning `json:"warnings"`
}

type scoreCountsJSON struct {
	Recency   []int64 `json:"recency"`
	Frequency []int64 `json:"frequency"`
	Monetary  []int64 `json:"monetary"`
}

type printedGroup struct {
	Segment      string   `json:"segment,omitempty"`
	Tier         string   `json:"tier"`
	Label        string   `json:"label"`
	Customers    int64    `json:"customers"`
	Share        float64  `json:"share"`
	Orders       int64    `json:"orders"`
	Revenue      amount   `json:"revenue"`
	RevenueShare *float64 `json:"revenue_share"`
	AOV          amount   `json:"aov"`
	RepeatRate   *float64 `json:"repeat_rate"`
	AvgRecency   *float64 `json:"avg_recency"`
	AvgFrequency *float64 `json:"avg_frequency"`
	AvgMonetary  amount   `json:"avg_monetary"`
}

// fairJSON is the fair rules of a scheme in the JSON of `strata tiers`, null
// where it has none. Months and value scores are whole numbers; kept and
// by_scores are empty where the rules are off.
type fairJSON struct {
	Off       bool           `json:"off"`
	Grace     int            `json:"grace"`
	Stay      int            `json:"stay"`
	Band      int            `json:"band"`
	History   int            `json:"history"` // months that grace, stay and band look back
	Overrides []overrideJSON `json:"overrides"`
	// How many of the overrides are in force: not expired, and of somebody tiered.
	InForce int `json:"overrides_in_force"`
	// Kept are the customers whose tier is not that of their scores, by tier and by
	// what keeps them: override, band, grace, stay.
	Kept []keptJSON `json:"kept"`
	// ByScores are the tiers as they would be without the rules.
	ByScores []byScoresJSON `json:"by_scores"`
}

type keptJSON struct {
	Tier      string `json:"tier"`
	By        string `json:"by"`
	Customers int64  `json:"customers"`
	Revenue   amount `json:"revenue"`
}

type byScoresJSON struct {
	Tier      string `json:"tier"`
	Customers int64  `json:"customers"`
	Revenue   amount `json:"revenue"`
}

// customerJSON is `strata customer` in JSON. Scores is null for a
// customer without an order that counts under the policies. What leads elsewhere
// holds with the cuts as they stand.
type customerJSON struct {
	Customer    string            `json:"customer"`
	AsOf        string            `json:"as_of"`
	Scheme      string            `json:"scheme"`
	Edited      bool              `json:"edited"`  // it differs from what is saved under that name
	Counted     []string          `json:"counted"` // what limits the figures, none where everything counts
	Part        string            `json:"part"`    // of the workspace: tiered, not-tiered, not-seen or filtered-out
	Attributes  map[string]string `json:"attributes"`
	Scores      *scoreJSON        `json:"scores"`
	Held        *heldJSON         `json:"held"` // by fair rules, null where nothing holds the customer
	NextTier    []reachJSON       `json:"next_tier"`
	NextSegment []reachJSON       `json:"next_segment"`
	WaysUp      []waysJSON        `json:"ways_up"`  // null where the scores hang on other customers
	WaysOut     []actJSON         `json:"ways_out"` // likewise
	Orders      []orderJSON       `json:"orders"`
}

// reachJSON is the smallest change of one measure alone that leads elsewhere:
// by so much, to that value.
type reachJSON struct {
	Measure string `json:"measure"`
	By      any    `json:"by"`
	To      any    `json:"to"`
	Segment string `json:"segment"`
	Tier    string `json:"tier"`
}

// waysJSON is what leads into a better tier: acts that are enough each by itself,
// or else orders that have to be worth something, null where nothing is enough.
type waysJSON struct {
	Tier   string    `json:"tier"`
	Single []actJSON `json:"single"`
	Both   *actJSON  `json:"both"`
}

// actJSON is so many orders more on a day, worth so much together at least; with
// 0 orders, so much more for what was ordered.
type actJSON struct {
	Orders  int64  `json:"orders"`
	Day     string `json:"day"` // of the orders
	Worth   string `json:"worth"`
	Segment string `json:"segment"`
	Tier    string `json:"tier"`
}

type orderJSON struct {
	Day      string `json:"day"`
	Order    string `json:"order"`
	Value    amount `json:"value"`
	Returned amount `json:"returned"`
	Counts   bool   `json:"counts"`
	Counted  amount `json:"counted"` // what it adds to the revenue, be it no order
	Why      string `json:"why"`     // it does not count: a slug, "" where it counts
}

// heldJSON is what holds a customer in a tier. Elsewhere is true where the
// scores lie in another; months are those below the tier (by grace) or in it (by
// stay).
type heldJSON struct {
	Tier      string        `json:"tier"`
	By        string        `json:"by"`
	Elsewhere bool          `json:"elsewhere"`
	Months    int           `json:"months,omitempty"`
	Override  *overrideJSON `json:"override,omitempty"`
	Text      string        `json:"text"`
}

// suggestJSON is `strata suggest` in JSON.
type suggestJSON struct {
	Method              string                  `json:"method"`
	Goal                string                  `json:"goal"`
	Free                string                  `json:"free"`
	Cuts                cutsJSON                `json:"cuts"`
	CutsBefore          cutsJSON                `json:"cuts_before"`
	Achieved            map[string]achievedJSON `json:"achieved"`
	Terms               []termJSON              `json:"terms"`
	Met                 bool                    `json:"met"`
	Gap                 *float64                `json:"gap"`
	Bound               *float64                `json:"bound"`
	Proven              bool                    `json:"proven"`
	UnderRules          bool                    `json:"under_fair_rules"`
	Least               int64                   `json:"least"`
	Floor               string                  `json:"floor"` // the same in a sentence, empty without a floor
	Verdict             string                  `json:"verdict"`
	Why                 []string                `json:"why"`
	Evidence            []evidenceJSON          `json:"evidence"`
	Customers           int64                   `json:"customers"`
	Moved               int64                   `json:"moved"`
	Up                  int64                   `json:"up"`
	Down                int64                   `json:"down"`
	RevenueReclassified amount                  `json:"revenue_reclassified"`
	Scheme              string                  `json:"scheme"`
	Warnings            []model.Warning         `json:"warnings"`
}

// achievedJSON is what is in a tier, and how many were before.
type achievedJSON struct {
	Customers    int64    `json:"customers"`
	Before       int64    `json:"before"`
	Share        float64  `json:"share"`
	Revenue      amount   `json:"revenue"`
	RevenueShare *float64 `json:"revenue_share"`
}

type termJSON struct {
	Term   string `json:"term"`
	Got    string `json:"got"`
	Missed string `json:"missed"` // empty if met
	Aim    string `json:"aim"`    // the nearest whole number that = was taken for, in words; empty if it is one itself
	Met    bool   `json:"met"`
}

type evidenceJSON struct {
	Axis  string   `json:"axis"`
	Name  string   `json:"name"`
	Value *float64 `json:"value"` // null where the data has none
	Text  string   `json:"text"`
}

type cutsJSON struct {
	Recency   []json.Number `json:"recency"`
	Frequency []json.Number `json:"frequency"`
	Monetary  []amount      `json:"monetary"`
	Value     []int         `json:"value"`
}

// scoreJSON is a customer of `strata scores` in JSON.
type scoreJSON struct {
	Customer  string      `json:"customer"`
	LastOrder string      `json:"last_order"`
	Recency   int32       `json:"recency_days"`
	Orders    int32       `json:"orders"`
	Frequency json.Number `json:"frequency"`
	Monetary  amount      `json:"monetary"`
	R         int         `json:"r"`
	F         int         `json:"f"`
	M         int         `json:"m"`
	Cell      string      `json:"cell"`
	Value     json.Number `json:"value"`
	Segment   string      `json:"segment"`
	Tier      string      `json:"tier"`
}
