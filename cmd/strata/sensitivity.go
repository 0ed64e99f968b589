package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/catalogue"
	"strata/tui/session"
)

func (a *app) sensitivityCommand() *cobra.Command {
	var scheme schemeFlags
	cmd := &cobra.Command{
		Use:   "sensitivity WORKSPACE",
		Short: catalogue.T("Count who would change segment if a cut moved one step"),
		Long: catalogue.T(`Shows for every cut how many customers, with how much revenue, are reclassified when it
moves one step either way, as the arrow keys move it; the nearest position at which
anybody is reclassified; and how many customers sit exactly on the line.

All other cuts stay where they are, even those of nested measures and value cuts by
shares, and customers count by their scores alone: fair rules are not applied. strata
compare recalculates such cuts and applies the rules; where that makes a difference,
the head of the table says so.`),
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
	return answers(cmd)
}

func (a *app) printSensitivity(ctx context.Context, s *session.Session, flags *schemeFlags) error {
	scheme, err := a.resolve(ctx, s, flags)
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
	edited, err := s.Edited(ctx, scheme)
	if err != nil {
		return err
	}
	a.tellCounted(scheme.Spec)
	a.warn(s.OtherData(scheme))
	a.warn(answer.Warnings)
	return a.tell(sensitivityAnswer(answer, scheme, edited, s.Info()))
}

// notApplied says line by line what the numbers leave out.
func notApplied(s *session.Sensitivity) []string {
	var lines []string
	if s.ByScoresAlone {
		lines = append(lines, catalogue.T("by scores alone: fair rules are not applied"))
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
		lines = append(lines, catalogue.T("held while a cut moves, though the scheme would recalculate them: {cuts}", "cuts", joined(held)))
	}
	return lines
}

func joined(held []session.Holding) string {
	var words []string
	for _, h := range held {
		words = append(words, string(h))
	}
	return strings.Join(words, ", ")
}

// endWord says in a cell why there is no position.
func endWord(end session.End) string {
	return map[session.End]string{session.EndCut: catalogue.T("next cut"), session.EndMeasure: catalogue.T("end"), session.EndNobody: catalogue.T("nobody")}[end]
}

// methodOf returns what the cuts beside one come from.
func methodOf(scheme model.Scheme, id session.CutID) model.Method {
	if id.Value {
		return model.MethodFixed
	}
	return scheme.Cuts[id.Axis].Method
}

// position writes for people where a cut stands, as `strata tiers` does.
func position(id session.CutID, at model.Cut, spec model.Spec, currency string) string {
	if id.Value {
		return at.String()
	}
	return session.ExactCut(at, id.Axis, spec, currency)
}
