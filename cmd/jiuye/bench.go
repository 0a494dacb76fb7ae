package main

import (
	"github.com/spf13/cobra"

	"jiuye/internal/app"
	"jiuye/internal/app/benchrun"
)

func benchCommand(conf *app.Config) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "bench",
		Short:   "在本机上测量引擎的快慢",
		Example: "  jiuye bench census --people 24000000",
	}
	cmd.AddCommand(benchMatchCommand(), benchSearchCommand(), benchAllocateCommand(), benchCensusCommand(), benchRegisterCommand(), benchRecordsCommand(), benchPolicyCommand(), benchHonestCommand(), benchOutlookCommand(conf))
	return cmd
}

func benchRegisterCommand() *cobra.Command {
	var people int
	var folder string
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "register",
		Short:   "由登记库（SQLite）建成按列存放的人口",
		Example: "  jiuye bench register --people 2400000 --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return benchrun.Register(cmd.Context(), people, folder, cmd.OutOrStdout(), asJSON)
		},
	}
	f := cmd.Flags()
	f.IntVar(&people, "people", 1_000_000, "造多少人（每人约占临时文件夹 0.7 KB）")
	f.StringVar(&folder, "folder", "", "登记库放在这个文件夹并留着；里面已有就不再造，直接读")
	f.BoolVar(&asJSON, "json", false, "只输出一行 JSON")
	return cmd
}

func benchCensusCommand() *cobra.Command {
	var people, partitions int
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "census",
		Short:   "按列存放的人口：20 条规则筛查全体",
		Example: "  jiuye bench census --people 1000000 --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return benchrun.Census(cmd.Context(), people, partitions, cmd.OutOrStdout(), asJSON)
		},
	}
	f := cmd.Flags()
	f.IntVar(&people, "people", 24_000_000, "造多少人")
	f.IntVar(&partitions, "partitions", 1, "再把人分成几份各自筛查，与合在一起的答案比较")
	f.BoolVar(&asJSON, "json", false, "只输出一行 JSON")
	return cmd
}
