package main

import (
	"context"

	"github.com/spf13/cobra"

	"strata/model"
	"strata/model/answer"
	"strata/model/catalogue"
	"strata/tui/session"
	"strata/tui/session/question"
)

// questionCommands are a command for every question there is.
func (a *app) questionCommands() []*cobra.Command {
	var all []*cobra.Command
	for _, q := range question.All() {
		all = append(all, a.questionCommand(q))
	}
	return all
}

func (a *app) questionCommand(q *question.Question) *cobra.Command {
	var scheme schemeFlags
	said := question.Chosen{}
	var people string
	cmd := &cobra.Command{
		Use:     q.Slug + " WORKSPACE",
		Short:   q.Short,
		Long:    q.Long,
		Example: q.Example,
		Args:    exactly(1, "a workspace"),
		RunE: func(cmd *cobra.Command, args []string) error {
			chosen := question.Chosen{}
			for name, value := range said {
				if cmd.Flags().Changed(name) {
					chosen[name] = value
				}
			}
			if err := q.Check(chosen); err != nil {
				return err
			}
			return a.withSession(cmd.Context(), args[0], &scheme, func(ctx context.Context, s *session.Session) error {
				if cmd.Flags().Changed("people") {
					return a.askPeople(ctx, s, &scheme, q, chosen, people)
				}
				return a.ask(ctx, s, &scheme, q, chosen)
			})
		},
	}
	for _, o := range q.Options {
		first := ""
		if len(o.Choices) > 0 {
			first = o.Choices[0]
		}
		cmd.Flags().Var(choice{said, o.Name, first}, o.Name, o.Help())
		completeFlag(cmd, o.Name, o.Choices)
	}
	cmd.Flags().StringVar(&people, "people", "", catalogue.T("list the customers behind a cell, named by its row and, after a comma, the head of its column"))
	scheme.register(cmd)
	return answers(cmd)
}

// askPeople lists the customers behind a cell of an answer, as `scores` does.
func (a *app) askPeople(ctx context.Context, s *session.Session, flags *schemeFlags, q *question.Question, chosen question.Chosen, cell string) error {
	standing, err := a.standing(ctx, s, flags)
	if err != nil {
		return err
	}
	d, err := q.Ask(ctx, standing, chosen)
	if err != nil {
		return err
	}
	crowd, err := question.People(d, cell)
	if err != nil {
		return err
	}
	return a.printScores(ctx, s, flags, session.ScoreQuery{Behind: session.Behind(crowd)})
}

// ask answers a question about the customers under a scheme.
func (a *app) ask(ctx context.Context, s *session.Session, flags *schemeFlags, q *question.Question, chosen question.Chosen) error {
	return a.tellOf(ctx, s, flags, func(on *session.Standing) (*answer.Document, error) { return q.Ask(ctx, on, chosen) })
}

// standing measures the customers under the scheme that flags say.
func (a *app) standing(ctx context.Context, s *session.Session, flags *schemeFlags) (*session.Standing, error) {
	scheme, err := a.resolve(ctx, s, flags)
	if err != nil {
		return nil, err
	}
	standing, _, err := s.Standing(ctx, scheme) // warnings about cuts are for who asks for tiers
	return standing, err
}

// tellOf prints what is said of the customers under a scheme.
func (a *app) tellOf(ctx context.Context, s *session.Session, flags *schemeFlags, say func(on *session.Standing) (*answer.Document, error)) error {
	standing, err := a.standing(ctx, s, flags)
	if err != nil {
		return err
	}
	d, err := say(standing)
	if err != nil {
		return err
	}
	if a.format == "csv" { // the others say it themselves
		a.tellCounted(standing.Scheme().Spec)
	}
	a.warn(d.Cautions())
	return a.tell(d)
}

// choice is the flag of an option.
type choice struct {
	said        question.Chosen
	name, first string
}

func (c choice) String() string {
	if c.said == nil {
		return ""
	}
	if said, ok := c.said[c.name]; ok {
		return said
	}
	return c.first
}

func (c choice) Type() string { return "string" }

func (c choice) Set(text string) error {
	if text == "" {
		return model.Errorf(model.Usage, "it is empty")
	}
	c.said[c.name] = text
	return nil
}
