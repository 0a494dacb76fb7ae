package main

import (
	"github.com/spf13/cobra"

	"jiuye/internal/app"
	"jiuye/internal/app/occupationrun"
)

func occupationCommand(*app.Config) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "occupation",
		Short:   "把岗位名称编到职业分类，检验编得对不对",
		Long:    "做法和数字见 docs/jobs.md。",
		Example: "  jiuye occupation code --in 岗位.csv --out 职业.csv\n  jiuye occupation evaluate --classification 职业分类.csv --labelled 已编码.csv",
	}
	cmd.AddCommand(occupationCodeCommand(), occupationEvaluateCommand())
	return cmd
}

func occupationCodeCommand() *cobra.Command {
	var o occupationrun.Options
	cmd := &cobra.Command{
		Use:     "code",
		Short:   "给表里每个岗位名称写出最可能的几个职业代码",
		Example: "  jiuye occupation code --classification 职业分类.csv --in 岗位.csv --out 职业.csv --train 已编码.csv --k 5",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return occupationrun.Code(cmd.Context(), o, cmd.OutOrStdout())
		},
	}
	occupationFlags(cmd, &o)
	f := cmd.Flags()
	f.StringVar(&o.In, "in", "", "岗位名称：csv 或 xlsx，有 job_name 或岗位名称列（必填）")
	f.StringVar(&o.Out, "out", "", "结果写到哪个文件：job_name,rank,code,name,score（必填）")
	f.StringVar(&o.Train, "train", "", "人工编好的岗位名称：有 job_name 和 expected_code 列；不写则只用分类本身")
	f.IntVar(&o.K, "k", 5, "每个岗位写出几个职业")
	f.BoolVar(&o.Why, "why", false, "多写一列理由")
	for _, name := range []string{"in", "out"} {
		_ = cmd.MarkFlagRequired(name)
	}
	return cmd
}

func occupationEvaluateCommand() *cobra.Command {
	var o occupationrun.Options
	cmd := &cobra.Command{
		Use:     "evaluate",
		Short:   "用人工编好的岗位名称检验编码的准确程度",
		Example: "  jiuye occupation evaluate --classification 职业分类.csv --labelled 已编码.csv --folds 5 --seed 1",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return occupationrun.Evaluate(cmd.Context(), o, cmd.OutOrStdout())
		},
	}
	occupationFlags(cmd, &o)
	f := cmd.Flags()
	f.StringVar(&o.Train, "labelled", "", "人工编好的岗位名称：有 job_name 和 expected_code 列（必填）")
	f.IntVar(&o.Folds, "folds", 5, "分成几份轮流检验")
	_ = cmd.MarkFlagRequired("labelled")
	return cmd
}

// occupationFlags are those of both commands.
func occupationFlags(cmd *cobra.Command, o *occupationrun.Options) {
	f := cmd.Flags()
	f.StringVar(&o.Classification, "classification", "", "职业分类：有 code、name 列，可有 alias 列；不写用系统自带的")
	f.StringVar(&o.Definitions, "definitions", "", "职业定义：有 code、definition 列，可有 tasks 列；可不写")
	f.Uint64Var(&o.Seed, "seed", 1, "随机数的种子；种子和数据相同，结果就相同")
}
