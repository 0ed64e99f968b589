package main

import (
	"bufio"
	"context"
	"io"
	"os"

	"github.com/spf13/cobra"

	"strata/importer/synthetic"
	"strata/model"
	"strata/model/catalogue"
	"strata/model/disk"
	"strata/model/sqlite"
)

func (a *app) generateCommand() *cobra.Command {
	var orders synthetic.Orders
	var out string
	var force bool
	cmd := &cobra.Command{
		Use:   "generate",
		Short: catalogue.T("Write a synthetic order file of realistic shape, for testing at scale"),
		Long: catalogue.T(`Writes comma-separated orders sorted by date: skewed frequency, growth, season and
week, regions, channels, products, customers who join and leave, returns. The same
numbers and seed give the same file everywhere.`),
		Example: `  strata generate --customers 100000 --orders 1000000 --seed 7 --out orders.csv
  strata generate --customers 5000 --orders 25000 --out - | head`,
		Args: exactly(0, "no argument"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			p := a.startProgress()
			defer p.stop()
			if out == "-" {
				return generate(cmd.Context(), orders, a.out, p.report)
			}
			return generateFile(cmd.Context(), orders, out, force, p.report)
		},
	}
	cmd.Flags().IntVar(&orders.Customers, "customers", 5_000, catalogue.T("how many customers"))
	cmd.Flags().IntVar(&orders.Orders, "orders", 25_000, catalogue.T("how many orders, at least one per customer"))
	cmd.Flags().Uint64Var(&orders.Seed, "seed", 1, catalogue.T("another seed, other orders of the same shape"))
	cmd.Flags().BoolVar(&orders.Plain, "plain", false, catalogue.T("only customer_id, order_id, date, amount, region"))
	cmd.Flags().StringVar(&out, "out", "", catalogue.T("the file to write, or - for stdout"))
	cmd.Flags().BoolVar(&force, "force", false, catalogue.T("overwrite the file if it exists"))
	_ = cmd.MarkFlagRequired("out") // fails only for a flag that does not exist
	return cmd
}

// generateFile writes a file that is complete or not there. With force it takes the
// place of an ordinary file, but of no workspace. Errors: Exists, Unreadable,
// Cancelled.
func generateFile(ctx context.Context, orders synthetic.Orders, path string, force bool, report func(model.Progress)) error {
	write := func(w io.Writer) error { return generate(ctx, orders, w, report) }
	if force && sqlite.IsWorkspace(path) {
		return model.Errorf(model.Exists, "{path} is a workspace: orders cannot replace it", "path", path).WithHint("choose another name, or delete it yourself")
	}
	if force {
		return disk.Replace(ctx, path, write)
	}
	if _, err := os.Lstat(path); err == nil {
		return model.Errorf(model.Exists, "{path} already exists", "path", path).WithHint("--force overwrites it")
	}
	return disk.WriteNew(ctx, path, write)
}

func generate(ctx context.Context, orders synthetic.Orders, out io.Writer, report func(model.Progress)) error {
	w := bufio.NewWriterSize(out, 1<<20)
	writing := func(p model.Progress) {
		p.Stage = catalogue.T("writing")
		report(p)
	}
	if err := orders.Write(ctx, w, writing); err != nil {
		return err
	}
	return w.Flush()
}
