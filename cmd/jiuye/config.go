package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"jiuye/internal/app"
)

func configCommand(conf *app.Config) *cobra.Command {
	return &cobra.Command{
		Use:     "config",
		Short:   "显示现在生效的参数（不显示口令）",
		Example: "  jiuye config\n  JIUYE_WORKERS=4 jiuye config",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
			for _, s := range app.Settings {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", s.Name, s.Shown(conf), s.Env, s.Zh)
			}
			return w.Flush()
		},
	}
}
