package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// The help pages say in English what cobra would say: nothing of it is lost.
func TestHelpIsThatOfCobra(t *testing.T) {
	t.Parallel()
	pages := func(root *cobra.Command) map[string]string {
		all := map[string]string{}
		var walk func(c *cobra.Command)
		walk = func(c *cobra.Command) {
			var out strings.Builder
			c.SetOut(&out)
			c.InitDefaultHelpFlag()
			c.InitDefaultVersionFlag()
			if err := c.Help(); err != nil {
				t.Error(err)
			}
			all[c.CommandPath()] = out.String()
			for _, sub := range c.Commands() {
				walk(sub)
			}
		}
		walk(root)
		return all
	}
	plain, told := new(app).rootCommand(), new(app).rootCommand()
	plain.InitDefaultHelpCmd()
	plain.InitDefaultCompletionCmd()
	tellHelp(told)
	got, want := pages(told), pages(plain)
	if len(got) != len(want) || len(want) < 40 {
		t.Errorf("%d pages, cobra has %d", len(got), len(want))
	}
	for path, page := range want {
		if got[path] != page {
			t.Errorf("%s:\n%s\ncobra says:\n%s", path, got[path], page)
		}
	}
}
