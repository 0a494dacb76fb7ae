package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"jiuye/internal/app"
)

func roomsCommand(*app.Config) *cobra.Command {
	return &cobra.Command{
		Use:     "rooms",
		Short:   "列出各业务模块和它们服务的条款",
		Example: "  jiuye rooms",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 4, 2, ' ', 0)
			for _, r := range app.Rooms {
				fmt.Fprintf(w, "%s\t%s\t%s\n", r.Name, r.Zh, r.Serves)
			}
			return w.Flush()
		},
	}
}
