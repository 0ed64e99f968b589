package table

import (
	"strata/model"
	"strata/model/answer"
)

// tierOf is the tier that a tone is that of.
var tierOf = map[answer.Tone]model.Tier{answer.High: model.TierHigh, answer.Mid: model.TierMid, answer.Low: model.TierLow}
