package main

import (
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
