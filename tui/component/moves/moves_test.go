package moves_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"strata/analysis/rfm"
	"strata/model"
	"strata/tui/component/moves"
	"strata/tui/session"
	"strata/tui/theme"
)

func TestDump(t *testing.T) {
	m := &session.Moves{}
	for i, l := range []string{"Champions", "Loyal", "Can't lose", "Potential loyalist", "Promising", "Need attention", "At risk", "Light", "About to sleep", "Hibernating"} {
		tier := model.TierHigh
		if i > 2 {
			tier = model.TierMid
		}
		if i > 6 {
			tier = model.TierLow
		}
		s := model.Segment{Slug: strings.ToLower(l), Label: l, Tier: tier}
		m.Before = append(m.Before, s)
	}
	m.Now = m.Before
	for i := range 11 {
		line := make([]rfm.Flow, 11)
		for j := range line {
			n := int64((i*7 + j*13) % 11)
			if n < 6 {
				n = 0
			}
			if i == j {
				n = int64(1300 / (1 + i))
			}
			if i == 10 || j == 10 {
				n = 0
			}
			line[j] = rfm.Flow{Customers: n, Revenue: model.Money(n * 1234 * model.Unit)}
		}
		m.Matrix = append(m.Matrix, line)
	}
	for _, by := range []bool{false, true} {
		for _, w := range []int{50, 76, 116, 140} {
			v := moves.View{Table: moves.NewTable(*m, by, moves.OfSchemes), Width: w, Height: 14, Row: 1, Col: 3, Marked: true, Symbol: "£"}
			if w == 140 {
				v.Height = 40
				v.Value = moves.Revenue
			}
			fmt.Println(ansi.Strip(strings.Join(v.Lines(theme.New(true, theme.Full)), "\n")))
			fmt.Println(w, v.Least(), v.Widest(), v.FitsInFull())
		}
	}
}
