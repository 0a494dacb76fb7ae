package main

import (
	"github.com/spf13/cobra"

	"jiuye/internal/app"
	"jiuye/internal/app/benchrun"
)

func benchOutlookCommand(conf *app.Config) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "outlook",
		Short:   "规划指标的预测准不准：用当时已知的数重做往年的预测，和后来的实际相比",
		Example: "  jiuye bench outlook --data ./data",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := app.Open(cmd.Context(), *conf)
			if err != nil {
				return err
			}
			defer a.Close()
			return benchrun.Outlook(cmd.Context(), a.Plan, cmd.OutOrStdout(), asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "只输出一行 JSON")
	return cmd
}
