package main

import (
	"github.com/spf13/cobra"

	"jiuye/internal/app/benchrun"
)

func benchSearchCommand() *cobra.Command {
	var vacancies, seconds int
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "search",
		Short:   "岗位搜索：索引大小、各类问法的快慢、新岗位多久可查到",
		Example: "  jiuye bench search --vacancies 1000000",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return benchrun.Search(cmd.Context(), vacancies, seconds, cmd.OutOrStdout(), asJSON)
		},
	}
	f := cmd.Flags()
	f.IntVar(&vacancies, "vacancies", 1_000_000, "造多少个岗位")
	f.IntVar(&seconds, "seconds", 12, "问多少秒")
	f.BoolVar(&asJSON, "json", false, "只输出一行 JSON")
	return cmd
}
