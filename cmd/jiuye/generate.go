package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"jiuye/internal/app"
	"jiuye/internal/app/demodata"
	"jiuye/internal/ground/progress"
)

func generateCommand(*app.Config) *cobra.Command {
	opts := demodata.Options{}
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "造各部门会送来的表格（虚构的人和单位）",
		Long:  "同样的地区、人数和种子总是得到同样的文件。内存不随人数增长，可以造 2400 万人。",
		Example: `  jiuye generate --area 152900 --people 262361 --seed 1 --out 文件夹
  jiuye generate --area 150000 --people 24000000 --out 文件夹`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var sum demodata.Summary
			err := withBar(func(p progress.Reporter) (err error) {
				opts.Progress = p
				sum, err = demodata.Generate(cmd.Context(), opts)
				return err
			})
			if err == nil {
				fmt.Fprintf(cmd.OutOrStdout(), "%s：%d 人，%d 户，%d 个单位，%d 个岗位\n", opts.Out, sum.People, sum.Households, sum.Employers, sum.Vacancies)
			}
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&opts.Area, "area", app.DemoArea, "地区代码")
	f.IntVar(&opts.People, "people", app.DemoPeople, "人数")
	f.Uint64Var(&opts.Seed, "seed", 1, "种子")
	f.StringVar(&opts.Out, "out", "", "写到哪个文件夹（必填）")
	_ = cmd.MarkFlagRequired("out")
	_ = cmd.MarkFlagDirname("out")
	return cmd
}
