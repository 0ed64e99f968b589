package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"strata/analysis/goal"
	"strata/model"
	"strata/model/answer/text"
	"strata/model/catalogue"
	"strata/tui/session"
)

// suggestFlags say what to propose.
type suggestFlags struct {
	scheme             schemeFlags
	goal, free, method string
	least              string
	floor              session.Floor // what least says
	out                string
}

func (a *app) suggestCommand() *cobra.Command {
	var flags suggestFlags
	cmd := &cobra.Command{
		Use:   "suggest WORKSPACE",
		Short: catalogue.T("Propose cuts that meet a goal or that a method finds; nothing is applied"),
		Long: catalogue.T(`suggest looks for cuts and prints a whole scheme with them. The output is a scheme
file: YAML, below comments that say how the goal was met.

A goal is one or more comma-separated terms. A term names a tier (high,
mid or low), says what is counted of it, and what that is to be (=, <= or >=):

  high=15%, mid=35%        shares of the customers
  high=500                 customers
  high:revenue>=60%        a share of the revenue
  high:revenue>=250000     an amount; one up to 100 with a point: 60.00
  high:heads<=4@125        advisers, one for every 125 customers or part of them
  high:hours<=160@30       hours, with 30 minutes for each customer
  high:budget<=50000@20    an amount, with 20 for each customer

Numbers have a decimal point and no thousands separators.

With =, a share that is not a whole number of customers is met by the nearest one and
by no other; a share of the revenue is met once it is right to the decimal shown, an
amount once it is within 0.05%, and neither by an empty tier. Where >= leaves a choice,
the tier is made as small as it can be; where <= does, as large. Among equally good
cuts those are taken that change the segment of the fewest customers.

Every score has at least 5% of all customers, or as many as it has now where that is
fewer; --least sets another share or number, and 0 none. The exit status is 3 when the
goal is not met; the nearest cuts are printed then.

Where fair rules are in force, a tier also has the customers they keep in it. The
search then goes on until both together come near the goal; whether other cuts come
nearer is not known.`),
		Example: `  strata suggest shop.strata --goal 'high=15%, mid=35%'
  strata suggest shop.strata --goal 'high:revenue>=60%' --free monetary > mine.yaml
  strata suggest shop.strata --goal 'high:heads<=4@125' --format json
  strata suggest shop.strata --method jenks --out natural.yaml`,
		Args: exactly(1, "a workspace"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := flags.check(); err != nil {
				return err
			}
			return a.withSession(cmd.Context(), args[0], &flags.scheme, func(ctx context.Context, s *session.Session) error {
				return a.suggest(ctx, s, &flags)
			})
		},
	}
	cmd.Flags().StringVar(&flags.goal, "goal", "", catalogue.T("what the tiers are to be, like 'high=15%, mid=35%'"))
	cmd.Flags().StringVar(&flags.free, "free", "", catalogue.T("the cuts a goal may move: all, value, recency, frequency or monetary (default: all)"))
	cmd.Flags().StringVar(&flags.least, "least", "", catalogue.T("the minimum number of customers in every score: a share, a number, or 0 (default: {default_floor})", "default_floor", session.DefaultFloor.String()))
	cmd.Flags().StringVar(&flags.method, "method", "", catalogue.T("the method that finds cuts, instead of a goal: {methods}", "methods", strings.Join(suggestMethods(), ", ")))
	cmd.Flags().StringVar(&flags.out, "out", "", catalogue.T("also write the scheme to this file"))
	flags.scheme.register(cmd)
	completeFlag(cmd, "free", textsOf(goal.Frees))
	completeFlag(cmd, "method", suggestMethods())
	return answers(cmd)
}

func suggestMethods() []string {
	var slugs []string
	for _, m := range session.SuggestMethods() {
		slugs = append(slugs, m.Slug)
	}
	return slugs
}

// check finds what is wrong with the flags before a workspace is opened.
func (f *suggestFlags) check() error {
	switch {
	case f.goal == "" && f.method == "":
		return model.Errorf(model.Usage, "suggest needs a goal or a method").
			WithHint("give --goal '{goal}', or --method {method}", "goal", session.GoalExample, "method", suggestMethods()[0])
	case f.goal != "" && f.method != "":
		return model.Errorf(model.Usage, "suggest takes a goal or a method, not both").WithHint("leave out --goal or --method")
	case f.method != "" && f.free != "":
		return model.Errorf(model.Usage, "--free says what a goal may move; a method decides that itself").WithHint("leave out --free")
	case f.method != "" && f.least != "":
		return model.Errorf(model.Usage, "--least sets how many customers every score must have under a goal; a method finds its own cuts").WithHint("leave out --least")
	case f.method != "":
		return oneOf("--method", f.method, suggestMethods()...)
	case f.free == "":
		f.free = string(goal.FreeAll)
	}
	if err := oneOf("--free", f.free, textsOf(goal.Frees)...); err != nil {
		return err
	}
	f.floor = session.DefaultFloor
	if f.least != "" {
		var err error
		if f.floor, err = goal.ParseFloor(f.least); err != nil {
			return err
		}
	}
	return session.CheckGoal(f.goal)
}

func (a *app) suggest(ctx context.Context, s *session.Session, flags *suggestFlags) error {
	scheme, err := a.resolve(ctx, s, &flags.scheme)
	if err != nil {
		return err
	}
	standing, _, err := s.Standing(ctx, scheme)
	if err != nil {
		return err
	}
	proposal, err := a.propose(ctx, standing, flags)
	if err != nil {
		return err
	}
	if flags.out != "" {
		if err := writeNew(ctx, flags.out, proposal.YAML()); err != nil {
			return err
		}
	}
	a.warn(proposal.Warnings)
	if err := a.tellProposal(proposal, s.Info()); err != nil {
		return err
	}
	if !proposal.Met() {
		return errRefused
	}
	return nil
}

func (a *app) propose(ctx context.Context, standing *session.Standing, flags *suggestFlags) (*session.Proposal, error) {
	if flags.method != "" {
		return standing.Suggest(ctx, flags.method)
	}
	p := a.startProgress()
	defer p.stop()
	return standing.Goal(ctx, flags.goal, session.Free(flags.free), flags.floor, p.report)
}

// tellProposal prints a proposal. Its text is an account in comments and the scheme
// below, so that the whole is a scheme file.
func (a *app) tellProposal(p *session.Proposal, info model.Info) error {
	d := suggestAnswer(p, info)
	if a.format != "text" {
		return a.tell(d)
	}
	if err := text.Write(&commented{out: a.out}, d, text.Room{}); err != nil {
		return err
	}
	_, err := fmt.Fprint(a.out, "\n", printable(p.YAML()))
	return err
}

// commented writes lines as comments.
type commented struct {
	out     interface{ Write([]byte) (int, error) }
	started bool // the line has its mark
}

func (c *commented) Write(text []byte) (int, error) {
	for _, line := range slices.Collect(strings.Lines(string(text))) {
		if !c.started {
			line = strings.TrimRight("# "+line, " ")
		}
		c.started = !strings.HasSuffix(line, "\n")
		if line == "# \n" {
			line = "#\n"
		}
		if _, err := c.out.Write([]byte(line)); err != nil {
			return 0, err
		}
	}
	return len(text), nil
}
