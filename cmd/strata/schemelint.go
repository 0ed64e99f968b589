package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/words"
	"strata/tui/session"
)

// lintJSON is the stable JSON of `strata scheme lint`. Customers and revenue
// are null without a workspace.
type lintJSON struct {
	Cells       int               `json:"cells"`
	Uncovered   []lintCellJSON    `json:"uncovered"`
	Overlapping []lintCellJSON    `json:"overlapping"`
	Unreachable []lintSegmentJSON `json:"unreachable"`
	NonMonotone []lintFallJSON    `json:"non_monotone"`
}

type lintFlowJSON struct {
	Customers *int64 `json:"customers"`
	Revenue   amount `json:"revenue"`
}

// lintCellJSON is a cell; of an overlapping one Segments has all that hold it,
// the one that has it first.
type lintCellJSON struct {
	Cell     string   `json:"cell"`
	Segments []string `json:"segments"`
	lintFlowJSON
}

type lintSegmentJSON struct {
	Segment string `json:"segment"`
	Label   string `json:"label"`
}

// lintFallJSON is a pair of neighbouring cells; customers and revenue are
// those who score better and are in the lower tier.
type lintFallJSON struct {
	Worse      string `json:"worse"`
	Better     string `json:"better"`
	WorseTier  string `json:"worse_tier"`
	BetterTier string `json:"better_tier"`
	lintFlowJSON
}

func (a *app) schemeLintCommand() *cobra.Command {
	workspace := ""
	var changes schemeFlags
	cmd := &cobra.Command{
		Use:   "lint PRESET|FILE|WORKSPACE",
		Short: "Look for gaps, overlaps, unreachable segments and better scores in lower tiers",
		Long: `lint looks at every cell of a scheme's map: cells in no segment or in several,
segments without a cell, and neighbouring cells of which the one with the better
score is in the lower tier. With a workspace it counts the customers and the
revenue concerned, of a pair of cells those who score better; of a workspace alone it looks at the active scheme. The exit
status is 3 when there is anything to say.`,
		Args:              exactly(1, "a preset, a scheme file or a workspace"),
		ValidArgsFunction: completePresets,
		RunE: func(cmd *cobra.Command, args []string) error {
			scheme, err := a.schemeOf(cmd.Context(), args[0], &changes)
			if err != nil {
				return err
			}
			a.warn(changes.notices)
			if workspace == "" && isWorkspace(args[0]) {
				workspace = args[0]
			}
			if workspace == "" {
				lint, err := session.CheckScheme(scheme)
				if err != nil {
					return err
				}
				return a.printLint(scheme, lint, nil)
			}
			return a.withSession(cmd.Context(), workspace, &schemeFlags{}, func(ctx context.Context, s *session.Session) error {
				lint, err := s.Lint(ctx, scheme)
				if err != nil {
					return err
				}
				a.warn(s.OtherData(scheme))
				info := s.Info()
				return a.printLint(scheme, lint, &info)
			})
		},
	}
	changes.registerChanges(cmd)
	cmd.Flags().StringVar(&workspace, "workspace", "", "count the customers and revenue of this workspace")
	return cmd
}

// printLint prints what was found; info is nil without a workspace.
func (a *app) printLint(scheme model.Scheme, lint *rfm.Lint, info *model.Info) error {
	var err error
	switch a.format {
	case "json":
		err = a.writeJSON(newLintJSON(scheme, lint, info))
	case "csv":
		err = a.writeCSV(lintTable(newLintJSON(scheme, lint, info)))
	default:
		err = a.writeLintText(scheme, lint, info)
	}
	if err == nil && !lint.Clean() {
		return errRefused
	}
	return err
}

func newLintJSON(scheme model.Scheme, lint *rfm.Lint, info *model.Info) lintJSON {
	money := amounts{info != nil && info.NoAmounts()}
	j := lintJSON{Cells: lint.Cells, Uncovered: []lintCellJSON{}, Overlapping: []lintCellJSON{}, Unreachable: []lintSegmentJSON{}, NonMonotone: []lintFallJSON{}}
	flow := func(f rfm.Flow) lintFlowJSON {
		if info == nil {
			return lintFlowJSON{}
		}
		return lintFlowJSON{&f.Customers, money.of(f.Revenue)}
	}
	for _, c := range lint.Uncovered {
		j.Uncovered = append(j.Uncovered, lintCellJSON{rfm.CellText(c.Scores), []string{}, flow(c.Flow)})
	}
	for _, c := range lint.Overlapping {
		cell := lintCellJSON{rfm.CellText(c.Scores), []string{}, flow(c.Flow)}
		for _, s := range session.Holders(scheme, c.Scores) {
			cell.Segments = append(cell.Segments, s.Slug)
		}
		j.Overlapping = append(j.Overlapping, cell)
	}
	for _, s := range lint.Unreachable {
		j.Unreachable = append(j.Unreachable, lintSegmentJSON{s.Slug, s.Label})
	}
	for _, f := range lint.NonMonotone {
		j.NonMonotone = append(j.NonMonotone, lintFallJSON{
			rfm.CellText(f.Worse), rfm.CellText(f.Better), string(f.WorseTier), string(f.BetterTier), flow(f.Flow),
		})
	}
	return j
}

// lintTable is the flat form: a row a finding.
func lintTable(j lintJSON) *table {
	t := newTable("finding", "cell", "worse", "segments", "tier", "worse_tier", "customers", "revenue")
	t.right(1, 2, 6, 7)
	add := func(finding, cell, worse, segments, tier, worseTier string, f lintFlowJSON) {
		customers := ""
		if f.Customers != nil {
			customers = strconv.FormatInt(*f.Customers, 10)
		}
		t.row(finding, cell, worse, segments, tier, worseTier, customers, string(f.Revenue))
	}
	for _, c := range j.Uncovered {
		add("uncovered", c.Cell, "", "", "", "", c.lintFlowJSON)
	}
	for _, c := range j.Overlapping {
		add("overlapping", c.Cell, "", strings.Join(c.Segments, " "), "", "", c.lintFlowJSON)
	}
	for _, s := range j.Unreachable {
		add("unreachable", "", "", s.Segment, "", "", lintFlowJSON{})
	}
	for _, f := range j.NonMonotone {
		add("non_monotone", f.Better, f.Worse, "", f.BetterTier, f.WorseTier, f.lintFlowJSON)
	}
	return t
}

func (a *app) writeLintText(scheme model.Scheme, lint *rfm.Lint, info *model.Info) error {
	whom := func(flows ...rfm.Flow) string {
		if info == nil || len(flows) == 0 {
			return ""
		}
		var sum rfm.Flow
		for _, f := range flows {
			sum.Customers += f.Customers
			sum.Revenue += f.Revenue
		}
		return fmt.Sprintf(" · %s · %s", words.Customers(sum.Customers), words.Brief(sum.Revenue, words.Symbol(words.CurrencyOf(*info))))
	}
	var out strings.Builder
	fmt.Fprintf(&out, "scheme %s · %d cells\n", model.Printable(scheme.Name), lint.Cells)
	cells, flows := lintCells(lint.Uncovered)
	fmt.Fprintf(&out, "uncovered     %3d%s\n%s", len(cells), whom(flows...), indented(cells))
	cells, flows = lintCells(lint.Overlapping)
	fmt.Fprintf(&out, "overlapping   %3d%s\n%s", len(cells), whom(flows...), indented(cells))
	var segments []string
	for _, s := range lint.Unreachable {
		segments = append(segments, model.Printable(s.Label))
	}
	fmt.Fprintf(&out, "unreachable   %3d\n%s", len(segments), indented([]string{strings.Join(segments, ", ")}))
	fmt.Fprintf(&out, "not monotone  %3d\n", len(lint.NonMonotone))
	for _, f := range lint.NonMonotone {
		fmt.Fprintf(&out, "    %s is %s, %s is %s%s\n", rfm.CellText(f.Worse), strings.ToUpper(string(f.WorseTier)),
			rfm.CellText(f.Better), strings.ToUpper(string(f.BetterTier)), fallWhom(f, info))
	}
	_, err := fmt.Fprint(a.out, out.String())
	return err
}

// fallWhom tells who has the better score of a pair of cells, and is in the lower
// tier; "" without a workspace.
func fallWhom(f rfm.Fall, info *model.Info) string {
	if info == nil {
		return ""
	}
	score := fmt.Sprintf("score better (%s) and are", rfm.CellText(f.Better))
	switch f.Customers {
	case 0:
		return fmt.Sprintf(" · nobody scores %s", rfm.CellText(f.Better))
	case 1:
		score = fmt.Sprintf("scores better (%s) and is", rfm.CellText(f.Better))
	}
	return fmt.Sprintf(" · %s %s in the lower tier · %s", words.Customers(f.Customers), score, words.Brief(f.Revenue, words.Symbol(words.CurrencyOf(*info))))
}

func lintCells(found []rfm.LintCell) (cells []string, flows []rfm.Flow) {
	for _, c := range found {
		cells = append(cells, rfm.CellText(c.Scores))
		flows = append(flows, c.Flow)
	}
	return cells, flows
}

// indented sets words on lines of twenty.
func indented(words []string) string {
	const perLine = 20
	text := ""
	for len(words) > 0 && words[0] != "" {
		n := min(perLine, len(words))
		text += "    " + strings.Join(words[:n], " ") + "\n"
		words = words[n:]
	}
	return text
}
