package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"strata/analysis/rfm"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/model/words"
	"strata/tui/session"
)

// mapFlags are the flags of `strata scheme map`.
type mapFlags struct {
	workspace, from, out, scenario string
	changes                        schemeFlags
}

func (a *app) schemeMapCommand() *cobra.Command {
	var f mapFlags
	cmd := &cobra.Command{
		Use:   "map PRESET|FILE|WORKSPACE",
		Short: catalogue.T("Print which cell of scores is in which segment; import a map from a file"),
		Long: catalogue.T(`map prints the cells of scores with their segments, a grid for each monetary
score, and the segments with their tiers. With a workspace it counts the customers
and the revenue in them; given a workspace alone it shows the active scheme.

--import replaces the scheme's map with that of a file: a CSV table such as
--format csv prints, with the columns cell (or r, f and m) and segment and, if wanted,
label, tier and color; or a YAML list of segments, or a scheme file. Cells may be
patterns like [4-5]5*, and those that are left out are in Others.

Nothing is saved unless --out or --save-scenario asks for it: --out writes a new .csv
file with the map, or a new .yaml file with the whole scheme, which is named after the
file; --save-scenario saves the scheme in the workspace.`),
		Example: `  strata scheme map ten
  strata scheme map shop.strata --format csv > map.csv
  strata scheme map ten --import map.csv --out mine.yaml
  strata scheme map shop.strata --import map.csv --save-scenario "our map"`,
		Args:              exactly(1, catalogue.T("a preset, a scheme file or a workspace")),
		ValidArgsFunction: completePresets,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.mapScheme(cmd.Context(), args[0], f)
		},
	}
	f.changes.registerChanges(cmd)
	cmd.Flags().StringVar(&f.workspace, "workspace", "", catalogue.T("count the customers and revenue of this workspace"))
	cmd.Flags().StringVar(&f.from, "import", "", catalogue.T("use the map of this .csv or .yaml file"))
	cmd.Flags().StringVar(&f.out, "out", "", catalogue.T("write the map to this new file: a table (.csv) or the whole scheme (.yaml)"))
	cmd.Flags().StringVar(&f.scenario, "save-scenario", "", catalogue.T("save the scheme in the workspace under this name"))
	return answers(cmd)
}

func (a *app) mapScheme(ctx context.Context, arg string, f mapFlags) error {
	if f.workspace == "" && isWorkspace(arg) {
		f.workspace = arg
	}
	if err := f.check(); err != nil {
		return err
	}
	scheme, err := a.schemeOf(ctx, arg, &f.changes)
	if err == nil && f.from != "" {
		scheme, err = session.ReadMap(f.from, scheme)
	}
	if err != nil {
		return err
	}
	a.warn(f.changes.notices)
	if f.workspace == "" {
		return a.tellMap(ctx, scheme, nil, "", f.out)
	}
	within := a.withWriter
	if f.scenario == "" {
		within = func(ctx context.Context, path string, use func(context.Context, *session.Session) error) error {
			return a.withSession(ctx, path, &schemeFlags{}, use)
		}
	}
	return within(ctx, f.workspace, func(ctx context.Context, s *session.Session) error {
		frame, err := s.Tiers(ctx, scheme)
		if err != nil {
			return err
		}
		a.warn(frame.Warnings)
		if err := a.tellMap(ctx, frame.Scheme, frame.Cells, words.Symbol(words.CurrencyOf(s.Info())), f.out); err != nil || f.scenario == "" {
			return err
		}
		saving, err := s.PrepareScenario(ctx, f.scenario, "", scheme, false, time.Now())
		if err != nil {
			return err
		}
		a.warn(session.NotFrozen(saving.Scheme))
		if saving.Replaced != nil {
			return a.saveOver(ctx, s, saving)
		}
		if err := s.KeepScenario(ctx, saving); err != nil {
			return err
		}
		fmt.Fprintln(a.err, catalogue.T("note: saved as {scenario:q}", "scenario", f.scenario))
		return nil
	})
}

// check finds what is wrong with the flags before anything is read.
func (f *mapFlags) check() error {
	if f.scenario != "" {
		if f.workspace == "" {
			return model.Errorf(model.Usage, "--save-scenario needs a workspace").WithHint("name it with --workspace")
		}
		if err := session.CheckScenarioName(f.scenario); err != nil {
			return err
		}
	}
	if ext := strings.ToLower(filepath.Ext(f.out)); f.out != "" && ext != ".csv" && ext != ".yaml" && ext != ".yml" {
		return model.Errorf(model.Usage, "--out {out}: a map is written as .csv or .yaml", "out", f.out)
	}
	return f.changes.check()
}

// tellMap prints the map of a scheme, and writes it to a file if one is named.
// figures are by cell, nil without a workspace.
func (a *app) tellMap(ctx context.Context, scheme model.Scheme, figures []session.Figures, symbol, out string) error {
	m, err := session.ViewMap(scheme, figures)
	if err != nil {
		return err
	}
	if out != "" {
		if err := writeMap(ctx, out, scheme, m); err != nil {
			return err
		}
		fmt.Fprintln(a.err, catalogue.T("note: written to {out}", "out", model.Printable(out)))
	}
	err = a.tell(mapAnswer(scheme, m, symbol))
	if last := m.Segments[len(m.Segments)-1]; last.Slug == rfm.Others().Slug {
		fmt.Fprintln(a.err, catalogue.T("note: {cells} of {all} cells are in no segment: {patterns}", "cells", last.Cells, "all", len(m.Cells), "patterns", patternText(last.Patterns)))
	}
	return err
}

// writeMap writes a map as a table, or as a scheme with its cells, which is
// named after the file: what bears a preset's name is that preset.
func writeMap(ctx context.Context, path string, scheme model.Scheme, m *session.MapView) error {
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		_, err := session.ExportCSV(ctx, path, session.MapHeader, slices.Values(m.Rows()))
		return err
	}
	scheme = scheme.Clone()
	scheme.Name = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	scheme.Map, scheme.Value.Shares, scheme.Regions = "", [2]int{}, nil
	for _, s := range m.Segments {
		if s.Slug != rfm.Others().Slug {
			scheme.Regions = append(scheme.Regions, model.Region{Segment: s.Segment, Cells: s.Patterns})
		}
	}
	return writeNew(ctx, path, schemefile.Encode(scheme))
}

func patternText(patterns []model.Pattern) string {
	texts := make([]string, len(patterns))
	for i, p := range patterns {
		texts[i] = p.String()
	}
	return strings.Join(texts, " ")
}
