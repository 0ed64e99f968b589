package main

import "github.com/spf13/cobra"

// completeValues lets the shell complete the values of flags that have only a
// few, and files where there are commands, too.
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
}

// completeFlag completes a flag on every command that has it.
func completeFlag(cmd *cobra.Command, name string, values []string) {
	if cmd.Flags().Lookup(name) != nil || cmd.PersistentFlags().Lookup(name) != nil {
		complete := cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)
		_ = cmd.RegisterFlagCompletionFunc(name, complete)
	}
	for _, sub := range cmd.Commands() {
		completeFlag(sub, name, values)
	}
}
