package main

import (
	"github.com/spf13/cobra"

	"jiuye/internal/app/benchrun"
)

func benchPolicyCommand() *cobra.Command {
	var rules, subjects int
	var asJSON bool
	c := &cobra.Command{
		Use:     "policy",
		Short:   "从文件判断政策的快慢：自造几百条政策和一份人员名单，走一遍 jiuye policy eval",
		Example: "  jiuye bench policy --rules 300 --subjects 20000",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return benchrun.Policies(cmd.Context(), rules, subjects, cmd.OutOrStdout(), asJSON)
		},
	}
	c.Flags().IntVar(&rules, "rules", 300, "造多少条政策")
	c.Flags().IntVar(&subjects, "subjects", 20000, "造多少个对象")
	c.Flags().BoolVar(&asJSON, "json", false, "只输出一行 JSON")
	return c
}
