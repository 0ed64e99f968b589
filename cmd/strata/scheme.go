package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/model/schemefile"
	"strata/tui/session"
)

func (a *app) schemeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "scheme",
		Short: catalogue.T("List, show, draw, check and lint schemes, which sort customers into tiers"),
		Args:  cobra.ArbitraryArgs,
		RunE: func(*cobra.Command, []string) error {
			return model.Errorf(model.Usage, "scheme needs a command").WithHint("use list, show, map, lint or check")
		},
	}
	cmd.AddCommand(a.schemeListCommand(), a.schemeShowCommand(), a.schemeMapCommand(), a.schemeLintCommand(), a.schemeCheckCommand())
	return cmd
}

func (a *app) schemeListCommand() *cobra.Command {
	return answers(&cobra.Command{
		Use:   "list",
		Short: catalogue.T("List the presets"),
		Args:  exactly(0, catalogue.T("no argument")),
		RunE:  func(*cobra.Command, []string) error { return a.tell(presetsAnswer()) },
	})
}

// presetsAnswer tells the presets, in JSON as an array: method and levels by measure
// where they are not the same for all.
func presetsAnswer() *answer.Document {
	type preset = session.Preset
	title := func(p preset) answer.Value { return answer.Text(p.Title) }
	d := &answer.Document{Title: catalogue.T("Presets"), Bare: true, Flat: "presets"}
	return d.Table(answer.TableOf("presets", answer.Slice[preset](session.Presets()), []answer.Column[preset]{
		{Key: "scheme", Title: catalogue.T("scheme"), In: answer.Everyone, Of: func(p preset) answer.Value { return answer.Text(p.Scheme.Name) }},
		{Key: "title", In: answer.JSON, Of: title},
		{Key: "method", In: answer.JSON, Encoded: func(p preset) any { return perAxis(methods(p.Scheme)) }},
		{Key: "levels", In: answer.JSON, Encoded: func(p preset) any { return perAxis(p.Scheme.Levels) }},
		{Key: "method", Title: catalogue.T("method"), Means: catalogue.T("how cuts are found"), In: answer.CSV | answer.People, Of: func(p preset) answer.Value { return answer.Text(p.Scheme.Cuts[0].Method) }},
		{Key: "levels", Title: catalogue.T("levels"), Means: catalogue.T("scores of each measure"), In: answer.CSV | answer.People, Of: func(p preset) answer.Value { return answer.Count(p.Scheme.Levels[0]) }},
		{Key: "segments", Title: catalogue.T("segments"), In: answer.Everyone, Of: func(p preset) answer.Value { return answer.Count(p.Segments) }},
		{Key: "what it is", Title: catalogue.T("what it is"), In: answer.CSV | answer.People, Of: title},
	}), answer.Everyone)
}

func (a *app) schemeShowCommand() *cobra.Command {
	cells := false
	cmd := &cobra.Command{
		Use:   "show PRESET|FILE|WORKSPACE",
		Short: catalogue.T("Print one scheme as YAML; of a workspace, the active one"),
		Example: `  strata scheme show ten > mine.yaml
  strata scheme show eleven --cells > mine.yaml
  strata scheme show shop.strata`,
		Args:              exactly(1, catalogue.T("a preset, a scheme file or a workspace")),
		ValidArgsFunction: completePresets,
		RunE: func(cmd *cobra.Command, args []string) error {
			scheme, err := a.schemeOf(cmd.Context(), args[0], &schemeFlags{})
			if err == nil && cells {
				scheme, err = session.SpellOut(scheme)
			}
			if err != nil {
				return err
			}
			text := schemefile.Encode(scheme)
			if a.format == "json" {
				return a.writeJSON(map[string]string{"scheme": text})
			}
			_, err = fmt.Fprint(a.out, printable(text))
			return err
		},
	}
	cmd.Flags().BoolVar(&cells, "cells", false, catalogue.T("write the map out, segment by segment, for editing"))
	return cmd
}

// schemeOf returns the scheme that an argument means: a workspace's active
// one, a preset or a file.
func (a *app) schemeOf(ctx context.Context, arg string, changes *schemeFlags) (scheme model.Scheme, err error) {
	if !isWorkspace(arg) {
		if scheme, err = schemeNamed(arg); err == nil {
			err = changes.apply(&scheme, nil)
		}
		return scheme, err
	}
	err = a.withSession(ctx, arg, changes, func(ctx context.Context, s *session.Session) (err error) {
		scheme, err = changes.resolve(ctx, s)
		return err
	})
	return scheme, err
}

func (a *app) schemeCheckCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE",
		Short: catalogue.T("Say whether a scheme file can be used, or which line is wrong"),
		Args:  exactly(1, catalogue.T("a scheme file")),
		RunE: func(_ *cobra.Command, args []string) error {
			scheme, err := schemeNamed(args[0])
			if err != nil {
				return err
			}
			lint, err := session.CheckScheme(scheme)
			if err != nil {
				return model.Errorf(model.Invalid, "{scheme}: {cause}", "scheme", args[0], "cause", err)
			}
			told := catalogue.T("its map covers every cell once, and a better score never leads to a lower tier")
			if !lint.Clean() {
				told = catalogue.T("`strata scheme lint {scheme}` lists warnings about its map", "scheme", model.Printable(args[0]))
			}
			_, err = fmt.Fprintln(a.out, catalogue.T("{scheme} can be used; {verdict}", "scheme", model.Printable(args[0]), "verdict", told))
			return err
		},
	}
}
