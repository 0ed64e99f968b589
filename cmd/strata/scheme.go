package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/schemefile"
	"strata/tui/session"
)

func (a *app) schemeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "scheme",
		Short: "List, show, draw, check and lint what turns customers into tiers",
		Args:  cobra.ArbitraryArgs,
		RunE: func(*cobra.Command, []string) error {
			return model.Errorf(model.Usage, "scheme needs a command").WithHint("use list, show, map, lint or check")
		},
	}
	cmd.AddCommand(a.schemeListCommand(), a.schemeShowCommand(), a.schemeMapCommand(), a.schemeLintCommand(), a.schemeCheckCommand())
	return cmd
}

type presetJSON struct {
	Scheme   string `json:"scheme"`
	Title    string `json:"title"`
	Method   any    `json:"method"`
	Levels   any    `json:"levels"`
	Segments int    `json:"segments"`
}

func (a *app) schemeListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the presets",
		Args:  exactly(0, "no argument"),
		RunE: func(*cobra.Command, []string) error {
			list := []presetJSON{}
			t := newTable("scheme", "method", "levels", "segments", "what it is")
			t.right(2, 3)
			for _, p := range session.Presets() {
				s := p.Scheme
				list = append(list, presetJSON{s.Name, p.Title, perAxis(methods(s)), perAxis(s.Levels), p.Segments})
				t.row(s.Name, string(s.Cuts[0].Method), fmt.Sprint(s.Levels[0]), fmt.Sprint(p.Segments), p.Title)
			}
			if a.format == "json" {
				return a.writeJSON(list)
			}
			return a.writeTable(t)
		},
	}
}

func (a *app) schemeShowCommand() *cobra.Command {
	cells := false
	cmd := &cobra.Command{
		Use:   "show PRESET|FILE|WORKSPACE",
		Short: "Print one scheme as YAML; of a workspace, the active one",
		Example: `  strata scheme show ten > mine.yaml
  strata scheme show eleven --cells > mine.yaml
  strata scheme show shop.strata`,
		Args:              exactly(1, "a preset, a scheme file or a workspace"),
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
	cmd.Flags().BoolVar(&cells, "cells", false, "spell the map out, segment by segment, to be changed")
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
		Short: "Say whether a scheme file can be used, or which line is wrong",
		Args:  exactly(1, "a scheme file"),
		RunE: func(_ *cobra.Command, args []string) error {
			scheme, err := schemeNamed(args[0])
			if err != nil {
				return err
			}
			lint, err := session.CheckScheme(scheme)
			if err != nil {
				return model.Errorf(model.Invalid, "%s: %w", args[0], err)
			}
			told := "its map is total, without overlaps, and a better score is never a lower tier"
			if !lint.Clean() {
				told = fmt.Sprintf("`strata scheme lint %s` says what to know about its map", model.Printable(args[0]))
			}
			_, err = fmt.Fprintf(a.out, "%s can be used; %s\n", model.Printable(args[0]), told)
			return err
		},
	}
}
