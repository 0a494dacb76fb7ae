package main

import (
	"github.com/spf13/cobra"

	"jiuye/internal/app/benchrun"
)

func benchMatchCommand() *cobra.Command {
	var seekers, vacancies, large int
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "match",
		Short:   "人岗匹配：一人找前 20 个岗位、全体求职者的名单",
		Example: "  jiuye bench match --seekers 300000 --vacancies 200000 --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return benchrun.Match(cmd.Context(), seekers, vacancies, large, cmd.OutOrStdout(), asJSON)
		},
	}
	f := cmd.Flags()
	f.IntVar(&seekers, "seekers", 300_000, "造多少名求职者")
	f.IntVar(&vacancies, "vacancies", 200_000, "为全体求职者造多少个岗位")
	f.IntVar(&large, "large", 500_000, "一人单独找时造多少个岗位")
	f.BoolVar(&asJSON, "json", false, "只输出一行 JSON")
	return cmd
}
