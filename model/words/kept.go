package words

import (
	"strata/model"
	"strata/model/catalogue"
)

// KeptBy names what keeps customers in a tier.
func KeptBy(by model.KeptBy) string {
	return map[model.KeptBy]string{
		model.KeptByOverride: catalogue.T("an override"), model.KeptByBand: catalogue.T("the band"), model.KeptByGrace: catalogue.T("grace"), model.KeptByStay: catalogue.T("stay"),
	}[by]
}
