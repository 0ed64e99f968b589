package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/words"
	"strata/tui/session"
)

func (a *app) sensitivityCommand() *cobra.Command {
	var scheme schemeFlags
	cmd := &cobra.Command{
		Use:   "sensitivity WORKSPACE",
		Short: "Print who would be in another segment if a cut stood a step elsewhere",
		Long: `For every cut: how many customers, with how much revenue, are reclassified when
it moves one step either way, as the arrow keys move it; the next position at
which anybody is; and how many customers stand on the line with one and the same
value. All other cuts stay where they are, those of nested measures and value
cuts by shares too, and customers count by their scores alone: fair rules are not
applied. strata compare draws the held cuts anew and applies the rules; where that
makes a difference the head of the table says so.`,
		Example: `  strata sensitivity shop.strata
  strata sensitivity shop.strata --scheme eleven --format json
  strata sensitivity shop.strata --recency 14,45,90,180 --format csv`,
		Args: exactly(1, "a workspace"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withSession(cmd.Context(), args[0], &scheme, func(ctx context.Context, s *session.Session) error {
				return a.printSensitivity(ctx, s, &scheme)
			})
		},
	}
	scheme.register(cmd)
	return cmd
}

func (a *app) printSensitivity(ctx context.Context, s *session.Session, flags *schemeFlags) error {
	scheme, err := flags.resolve(ctx, s)
	if err != nil {
		return err
	}
	standing, _, err := s.Standing(ctx, scheme) // the answer has warnings of its own about the cuts
	if err != nil {
		return err
	}
	answer, err := standing.Sensitivity(ctx)
	if err != nil {
		return err
	}
	a.tellCounted(scheme.Spec)
	a.warn(s.OtherData(scheme))
	a.warn(answer.Warnings)
	switch a.format {
	case "json":
		return a.writeJSON(newSensitivityJSON(answer, scheme.Spec))
	case "csv":
		return a.writeCSV(sensitivityTable(newSensitivityJSON(answer, scheme.Spec)))
	}
	return a.writeSensitivityText(answer, scheme, s.Info())
}

// sensitivityTable is the flat form: a row a cut. What there is not is empty.
func sensitivityTable(cuts []sensitivityJSON) *table {
	t := newTable("axis", "cut", "name", "at",
		"step_down_to", "step_down_customers", "step_down_revenue", "step_up_to", "step_up_customers", "step_up_revenue",
		"next_down", "next_down_customers", "next_up", "next_up_customers", "tie_value", "tie_customers", "tie_share",
		"step_down_stopped", "step_up_stopped", "next_down_stopped", "next_up_stopped", "by_scores_alone", "held")
	t.right(1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)
	for _, c := range cuts {
		row := []string{c.Axis, strconv.Itoa(c.Cut), c.Name, cell(c.At)}
		for _, step := range []*stepJSON{c.StepDown, c.StepUp} {
			if step == nil {
				row = append(row, "", "", "")
				continue
			}
			row = append(row, cell(step.To), strconv.FormatInt(step.Customers, 10), step.Revenue)
		}
		row = append(row, cell(c.NextDown), whole(c.NextDownCustomers), cell(c.NextUp), whole(c.NextUpCustomers),
			cell(c.TieValue), whole(c.TieCustomers), number(c.TieShare))
		for _, step := range []*stepJSON{c.StepDown, c.StepUp} {
			if step == nil {
				step = &stepJSON{}
			}
			row = append(row, step.Stopped)
		}
		row = append(row, c.NextDownStopped, c.NextUpStopped, strconv.FormatBool(c.ByScoresAlone), joined(c.Held))
		t.row(row...)
	}
	return t
}

func joined(held []session.Holding) string {
	var words []string
	for _, h := range held {
		words = append(words, string(h))
	}
	return strings.Join(words, ", ")
}

// notApplied says in the head of the table what its numbers leave out, "" for
// nothing.
func notApplied(s *session.Sensitivity) string {
	var lines []string
	if s.ByScoresAlone {
		lines = append(lines, "by scores alone: fair rules are not applied")
	}
	var held []session.Holding
	for _, c := range s.Cuts {
		for _, h := range c.Held {
			if !slices.Contains(held, h) {
				held = append(held, h)
			}
		}
	}
	if len(held) > 0 {
		lines = append(lines, "held while a cut moves, though the scheme would draw them anew: "+joined(held))
	}
	return strings.Join(append(lines, ""), "\n")
}

// endWord says in a cell why there is no position.
func endWord(end session.End) string {
	return map[session.End]string{session.EndCut: "next cut", session.EndMeasure: "end", session.EndNobody: "nobody"}[end]
}

// cell writes a position, nothing for none.
func cell(position any) string {
	if position == nil {
		return ""
	}
	return fmt.Sprint(position)
}

func whole(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

func (a *app) writeSensitivityText(s *session.Sensitivity, scheme model.Scheme, info model.Info) error {
	symbol := words.Symbol(info.Currency)
	fmt.Fprintf(a.out, "%s · scheme %s · %s\n%s\n%s\n",
		model.Printable(info.Path), model.Printable(scheme.Name), words.Customers(s.Customers), policies(scheme, s.OfLines), notApplied(s))
	t := newTable("measure", "cut", "at", "◂ step to", "customers", "revenue", "▸ step to", "customers", "revenue",
		"◂ first at", "▸ first at", "on the line")
	t.right(2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
	for _, c := range s.Cuts {
		at := func(to model.Cut) string { return position(c.ID, to, scheme.Spec) }
		measure := c.ID.Axis.String()
		if c.ID.Value {
			measure = "value score"
		}
		row := []string{measure, c.Name, session.ListOfCuts([]string{at(c.Published)}, methodOf(scheme, c.ID))}
		for _, step := range []session.StepSensitivity{c.Down, c.Up} {
			if !step.OK {
				row = append(row, cmp.Or(endWord(step.End), "–"), "–", "–")
				continue
			}
			row = append(row, at(step.To), words.Count(step.Customers), words.Brief(step.Revenue, symbol))
		}
		for _, next := range []session.Reclassified{c.NextDown, c.NextUp} {
			if !next.OK {
				row = append(row, cmp.Or(endWord(next.End), "–"))
				continue
			}
			row = append(row, at(next.To))
		}
		on := "–"
		if !c.Split {
			on = words.Count(c.Tie.Customers) + "  " + words.Share(c.Tie.Customers, s.Customers)
		}
		t.row(append(row, on)...)
	}
	if err := a.writeText(t); err != nil {
		return err
	}
	_, err := fmt.Fprint(a.out, `
step to: where one press of the arrow keys takes the cut, and whom that reclassifies
first at: the nearest position at which anybody is reclassified
on the line: customers with the last value before it, who pass it only together
next cut: nobody before the neighbouring cut, which is in the way; how sure the line is beyond that is not told
end: the cut stands at the last values there are
nobody: as far as the measure goes nobody is reclassified
–: there is nothing to count, or no line, because equal values score differently
`)
	return err
}

// methodOf returns what the cuts beside one come from.
func methodOf(scheme model.Scheme, id session.CutID) model.Method {
	if id.Value {
		return model.MethodFixed
	}
	return scheme.Cuts[id.Axis].Method
}

// position writes where a cut stands, in the units that the flags take.
func position(id session.CutID, at model.Cut, spec model.Spec) string {
	if id.Value {
		return at.String()
	}
	return words.Decimal(at.Text(spec.Scale(id.Axis)))
}
