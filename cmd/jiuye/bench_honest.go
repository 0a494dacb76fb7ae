package main

import (
	"github.com/spf13/cobra"

	"jiuye/internal/app/benchrun"
)

func benchHonestCommand() *cobra.Command {
	h := benchrun.Honesty{}
	c := &cobra.Command{
		Use:     "honest",
		Short:   "各种造假能查出多少：自造的上报数，以及一份真实的月度数据",
		Example: "  jiuye bench honest --states ../shared/evaluation/series/labour/us-states-monthly-nsa-1976-2000.csv",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return benchrun.Honest(h, cmd.OutOrStdout())
		},
	}
	c.Flags().IntVar(&h.Panels, "panels", 20, "每种造假在多少份上报数里各做几处")
	c.Flags().StringVar(&h.States, "states", "", "美国各州月度数据（csv，列 fips、state、year、month、emp、unem）；不写就只测自造的")
	c.Flags().BoolVar(&h.JSON, "json", false, "只输出 JSON")
	return c
}
