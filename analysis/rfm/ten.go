package rfm

import (
	"strata/model"
)

// The segments of the map ten, as indexes into tenSegments.
const (
	champions = iota
	loyal
	cantLose
	potentialLoyalist
	promising
	needAttention
	atRisk
	light
	aboutToSleep
	hibernating
)

func tenSegments() []model.Segment {
	return []model.Segment{
		champions:         {Slug: "champions", Label: "Champions", Tier: model.TierHigh},
		loyal:             {Slug: "loyal", Label: "Loyal", Tier: model.TierHigh},
		cantLose:          {Slug: "cant-lose", Label: "Can't lose", Tier: model.TierHigh},
		potentialLoyalist: {Slug: "potential-loyalist", Label: "Potential loyalist", Tier: model.TierMid},
		promising:         {Slug: "promising", Label: "Promising", Tier: model.TierMid},
		needAttention:     {Slug: "need-attention", Label: "Need attention", Tier: model.TierMid},
		atRisk:            {Slug: "at-risk", Label: "At risk", Tier: model.TierMid},
		light:             {Slug: "light", Label: "Light", Tier: model.TierLow},
		aboutToSleep:      {Slug: "about-to-sleep", Label: "About to sleep", Tier: model.TierLow},
		hibernating:       {Slug: "hibernating", Label: "Hibernating", Tier: model.TierLow},
	}
}

// ten returns the segment of a cell under the map ten. The tier follows from
// the value score alone, so that a customer who improves on any score never
// falls to a lower tier; inside a tier the segments follow what to do next.
// With five levels a score is good from 4 and poor up to 2; with others the
// bounds keep their place between the lowest and the highest score.
func (r *Rule) ten(cell int) int {
	scores := r.Scores(cell)
	recency, frequency, monetary := model.Recency, model.Frequency, model.Monetary
	good := func(a model.Axis) bool { return 4*(scores[a]-1) >= 3*(r.Levels[a]-1) }
	valued := good(monetary) || r.Value.Unvalued // what says nothing keeps nobody out
	poor := func(a model.Axis) bool { return 4*(scores[a]-1) <= r.Levels[a]-1 }

	switch r.valueTier(cell) {
	case model.TierHigh:
		switch {
		case good(recency) && good(frequency) && valued:
			return champions
		case poor(recency):
			return cantLose
		}
		return loyal
	case model.TierMid:
		switch {
		case good(recency) && scores[frequency] > 1:
			return potentialLoyalist
		case good(recency):
			return promising
		case poor(recency):
			return atRisk
		}
		return needAttention
	}
	switch {
	case good(recency):
		return light
	case poor(recency):
		return hibernating
	}
	return aboutToSleep
}
