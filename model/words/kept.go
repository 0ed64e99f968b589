package words

import "strata/model"

// KeptBy names what keeps customers in a tier.
func KeptBy(by model.KeptBy) string {
	return map[model.KeptBy]string{
		model.KeptByOverride: "an override", model.KeptByBand: "the band", model.KeptByGrace: "grace", model.KeptByStay: "stay",
	}[by]
}
