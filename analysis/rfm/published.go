package rfm

import (
	"strings"

	"strata/model"
)

// The published maps, cell by cell as printed, with the tier each segment is
// taken to belong to. Where ranges overlap, the first that holds a cell has it. Names
// are data, which schemes and workspaces hold: no language changes them.

// published returns the regions of a published map, nil for an unknown name.
func published(name string) []model.Region {
	switch name {
	case "grid": // as CleverTap and Pushwoosh draw it
		return regions(
			high, "Champions", "5[4-5]*",
			high, "Loyal", "[3-4][4-5]*",
			high, "Can't Lose", "[1-2]5*",
			mid, "Potential Loyalist", "[4-5][2-3]*",
			mid, "New", "51*",
			mid, "Promising", "41*",
			mid, "Need Attention", "33*",
			mid, "At Risk", "[1-2][3-4]*",
			low, "About To Sleep", "3[1-2]*",
			low, "Hibernating", "[1-2][1-2]*",
		)
	case "eleven": // Squeezely's wiki and its SQL copies
		return regions(
			high, "Champions", "555 554 544 545 454 455 445",
			high, "Loyal", "543 444 435 355 354 345 344 335",
			mid, "Potential Loyalist", "553 551 552 541 542 533 532 531 452 451 442 441 431 453 433 432 423 353 352 351 342 341 333 323",
			mid, "New", "512 511 422 421 412 411 311",
			mid, "Promising", "525 524 523 522 521 515 514 513 425 424 413 414 415 315 314 313",
			mid, "Need Attention", "535 534 443 434 343 334 325 324",
			low, "About To Sleep", "331 321 312 221 213 231 241 251",
			mid, "At Risk", "255 254 245 244 253 252 243 242 235 234 225 224 153 152 145 143 142 135 134 133 125 124",
			high, "Cannot Lose", "155 154 144 214 215 115 114 113",
			low, "Hibernating", "332 322 233 232 223 222 132 123 122 212 211",
			low, "Lost", "111 112 121 131 141 151",
		)
	case "eight":
		return eightClasses()
	case "rfm-r": // rsquaredacademy/rfm 0.3.0
		return regions(
			high, "Champions", "555",
			mid, "Potential Loyalist", "[3-5][3-5][2-5]",
			high, "Loyal Customers", "[2-4][2-4][2-4]",
			mid, "Promising", "[3-4][1-3][3-5]",
			mid, "New Customers", "[4-5][1-3][1-5]",
			high, "Can't Lose Them", "[1-2][3-4][4-5]",
			mid, "At Risk", "[1-2][2-5][4-5]",
			mid, "Need Attention", "[1-3][3-5][3-5]",
			low, "About To Sleep", "[2-3][1-3][1-4]",
			low, "Lost", "1[1-5][1-5]",
		)
	case "klaviyo": // help.klaviyo.com, article 17797937793179
		return regions(
			high, "Champions", "333 332 323",
			high, "Loyal", "321 322 331 232 233",
			mid, "Recent", "312 313 311 222 223",
			mid, "Needs attention", "213 221 123 132 133",
			mid, "At risk", "231 212 122 131 211",
			low, "Inactive", "111 112 113 121",
		)
	case "putler":
		return putlerRegions()
	case "pymc": // PyMC-Marketing, _default_rfm_segment_config
		return regions(
			high, "Premium", "334 443 444 344 434 433 343 333",
			mid, "Repeat", "244 234 232 332 143 233 243",
			mid, "Top Spender", "424 414 144 314 324 124 224 423 413 133 323 313 134",
			mid, "At Risk", "422 223 212 122 222 132 322 312 412 123 214",
			low, "Inactive", "411 111 113 114 112 211 311",
		)
	}
	return nil
}

const (
	high = model.TierHigh
	mid  = model.TierMid
	low  = model.TierLow
)

// regions makes regions of triples: tier, printed name, cells.
func regions(triples ...any) []model.Region {
	var all []model.Region
	for i := 0; i < len(triples); i += 3 {
		name := triples[i+1].(string)
		all = append(all, model.Region{
			Segment: model.Segment{Slug: slug(name), Label: name, Tier: triples[i].(model.Tier)},
			Cells:   patterns(triples[i+2].(string)),
		})
	}
	return all
}

// slug is a printed name in lower case, apostrophes dropped, hyphens for blanks.
func slug(name string) string {
	return strings.NewReplacer("'", "", " ", "-").Replace(strings.ToLower(name))
}

func patterns(cells string) []model.Pattern {
	var all []model.Pattern
	for _, text := range strings.Fields(cells) {
		p, err := model.ParsePattern(text)
		if err != nil {
			panic(err) // the tables of this file are right
		}
		all = append(all, p)
	}
	return all
}

// eightClasses are the classes of Chinese retail practice: each measure above
// or below its mean.
func eightClasses() []model.Region {
	all := regions(
		high, "Important value", "222",
		high, "Important keep", "122",
		mid, "Important develop", "212",
		mid, "Important win-back", "112",
		mid, "General value", "221",
		low, "General develop", "211",
		low, "General keep", "121",
		low, "General win-back", "111",
	)
	for i, chinese := range []string{"重要价值", "重要保持", "重要发展", "重要挽留", "一般价值", "一般发展", "一般保持", "一般挽留"} {
		all[i].Label += " " + chinese
	}
	return all
}

// putlerRegions are ranges of recency and of (frequency + monetary)/2, halves
// left as they are. They overlap by design, and some are never reached.
func putlerRegions() []model.Region {
	var all []model.Region
	for _, row := range []struct {
		tier                     model.Tier
		name                     string
		fromR, toR, fromFM, toFM int
	}{
		{high, "Champions", 4, 5, 4, 5},
		{high, "Loyal", 2, 5, 3, 5},
		{mid, "Potential Loyalist", 3, 5, 1, 3},
		{mid, "Recent", 4, 5, 0, 1},
		{mid, "Promising", 3, 4, 0, 1},
		{mid, "Needing Attention", 2, 3, 2, 3},
		{low, "About To Sleep", 2, 3, 0, 2},
		{mid, "At Risk", 0, 2, 2, 5},
		{high, "Can't Lose", 0, 1, 4, 5},
		{low, "Hibernating", 1, 2, 1, 2},
		{low, "Lost", 0, 2, 0, 2},
	} {
		region := model.Region{Segment: model.Segment{Slug: slug(row.name), Label: row.name, Tier: row.tier}}
		for f := 1; f <= 5; f++ {
			for m := 1; m <= 5; m++ {
				if 2*row.fromFM <= f+m && f+m <= 2*row.toFM {
					region.Cells = append(region.Cells, model.Pattern{
						model.ScoresFrom(max(row.fromR, 1), row.toR), model.ScoresFrom(f, f), model.ScoresFrom(m, m),
					})
				}
			}
		}
		all = append(all, region)
	}
	return all
}
