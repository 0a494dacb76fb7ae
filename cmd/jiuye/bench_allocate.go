package main

import (
	"github.com/spf13/cobra"

	"jiuye/internal/app/benchrun"
)

func benchAllocateCommand() *cobra.Command {
	var a benchrun.Allocation
	cmd := &cobra.Command{
		Use:     "allocate",
		Short:   "推荐的分配：快慢、与最优值之差；在虚拟市场上与其他做法比较",
		Example: "  jiuye bench allocate --seekers 300000 --vacancies 200000 --top 20\n  jiuye bench allocate --seekers 0 --seeds 24",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return benchrun.Allocate(cmd.Context(), a, cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.IntVar(&a.Seekers, "seekers", 10_000, "造多少求职者（0：不测快慢）")
	f.IntVar(&a.Vacancies, "vacancies", 2_000, "造多少个岗位")
	f.IntVar(&a.Top, "top", 50, "每人的候选岗位数")
	f.IntVar(&a.Recommendations, "recommendations", 10, "每人最多推荐几个岗位")
	f.IntVar(&a.Invitations, "invitations", 15, "每个空缺最多推荐给几人")
	f.Float64Var(&a.Congestion, "congestion", 1, "拥挤系数：0 不计，越大越分散")
	f.Float64Var(&a.First, "first", 1, "首条推荐的分量：0 不计，1 时很少有人没有推荐")
	f.IntVar(&a.Seeds, "seeds", 0, "在虚拟市场上用多少个随机种子比较各种做法（0：不比较）")
	f.BoolVar(&a.JSON, "json", false, "只输出一行 JSON")
	return cmd
}
