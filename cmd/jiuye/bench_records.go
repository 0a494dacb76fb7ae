package main

import (
	"github.com/spf13/cobra"

	"jiuye/internal/app/benchrun"
)

func benchRecordsCommand() *cobra.Command {
	var people int
	var folder string
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "records",
		Short:   "每晚对登记数据的核查（两地就业、重复登记、未参保、共用电话）",
		Example: "  jiuye bench records --people 2400000 --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return benchrun.Records(cmd.Context(), people, folder, cmd.OutOrStdout(), asJSON)
		},
	}
	f := cmd.Flags()
	f.IntVar(&people, "people", 1_000_000, "造多少人（每人约占临时文件夹 0.7 KB）")
	f.StringVar(&folder, "folder", "", "登记库放在这个文件夹并留着；里面已有就不再造，直接核查")
	f.BoolVar(&asJSON, "json", false, "只输出一行 JSON")
	return cmd
}
