package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// What a flag is annotated with for the shell: the values it takes, or that it takes a
// scheme.
const (
	offersValues  = "strata_offers_values"
	offersSchemes = "strata_offers_schemes"
)

// completeFlag completes a flag on every command that has it.
func completeFlag(cmd *cobra.Command, name string, values []string) {
	offer(cmd, name, offersValues, values)
	for _, sub := range cmd.Commands() {
		completeFlag(sub, name, values)
	}
}

// completeScheme completes a flag that takes a scheme.
func completeScheme(cmd *cobra.Command, name string) {
	offer(cmd, name, offersSchemes, nil)
}

// offer annotates a flag where the command has it.
func offer(cmd *cobra.Command, name, what string, values []string) {
	for _, flags := range []*pflag.FlagSet{cmd.Flags(), cmd.PersistentFlags()} {
		if flags.Lookup(name) != nil {
			_ = flags.SetAnnotation(name, what, values) // its one error is a flag that does not exist
		}
	}
}

// isCompletion reports whether it is the shell that asks, not a person.
func isCompletion(args []string) bool {
	return len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd)
}

// completeValues lets the shell complete the values of flags that have only a
// few, and files where there are commands, too. Cobra never forgets what is
// registered, nor the commands it belongs to: it is for a program that is asked one
// thing, so nothing is registered but when the shell asks.
func completeValues(root *cobra.Command) {
	root.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return nil, cobra.ShellCompDirectiveDefault
	}
	for _, s := range settings() {
		completeFlag(root, s.name, s.values)
	}
	// The one error there is: that the flag does not exist, or has been given its
	// values before.
	_ = root.RegisterFlagCompletionFunc("format", func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		return formatsOf(cmd), cobra.ShellCompDirectiveNoFileComp
	})
	registerOffers(root)
}

// registerOffers registers what the flags of a command and of all below it offer.
func registerOffers(cmd *cobra.Command) {
	register := func(f *pflag.Flag) {
		if values, ok := f.Annotations[offersValues]; ok {
			_ = cmd.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
		}
		if _, ok := f.Annotations[offersSchemes]; ok {
			_ = cmd.RegisterFlagCompletionFunc(f.Name, completeSchemes)
		}
	}
	cmd.Flags().VisitAll(register)
	cmd.PersistentFlags().VisitAll(register)
	for _, sub := range cmd.Commands() {
		registerOffers(sub)
	}
}
