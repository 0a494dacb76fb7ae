package main

import (
	"strings"

	"github.com/spf13/cobra"

	"jiuye/internal/app"
	"jiuye/internal/app/planrun"
)

func planCommand(*app.Config) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "plan",
		Short:   "读规划文件里的指标和任务，检查写得对不对",
		Long:    "能读 txt、网页、docx 和有文字的 PDF；做法和数字见 docs/plan.md。",
		Example: "  jiuye plan read 规划.docx --out 结果\n  jiuye plan check 自治区规划.txt 盟规划.txt",
	}
	cmd.AddCommand(planReadCommand(), planCheckCommand(), planScoreCommand())
	return cmd
}

func planReadCommand() *cobra.Command {
	var o planrun.Options
	cmd := &cobra.Command{
		Use:     "read 文件…",
		Short:   "读出指标和任务，供人对照原文确认",
		Example: "  jiuye plan read 规划.docx 方案.pdf --out 结果",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Files = args
			return planrun.Read(o, cmd.OutOrStdout())
		},
	}
	planFlags(cmd, &o)
	_ = cmd.MarkFlagRequired("out")
	return cmd
}

func planCheckCommand() *cobra.Command {
	var o planrun.Options
	cmd := &cobra.Command{
		Use:     "check 文件…",
		Short:   "签发前的核对：目标低于基数、正文与表不一致、上下级口径不同等",
		Example: "  jiuye plan check 自治区规划.txt 盟规划.txt",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Files = args
			return planrun.Check(o, cmd.OutOrStdout())
		},
	}
	planFlags(cmd, &o)
	return cmd
}

func planScoreCommand() *cobra.Command {
	var doc string
	cmd := &cobra.Command{
		Use:     "score 目录",
		Short:   "拿人写的答案核对读出的指标和任务，逐条说差别",
		Long:    "目录里放规划文件和答案 indicators.csv、tasks.csv（列与 read 写出的相同，doc 一列是文件名开头的数字）。",
		Example: "  jiuye plan score 评测目录 --doc 03",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return planrun.Score(args[0], doc, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&doc, "doc", "", "只核对这一份")
	return cmd
}

func planFlags(cmd *cobra.Command, o *planrun.Options) {
	f := cmd.Flags()
	f.StringVar(&o.Format, "format", "auto", "文件格式："+strings.Join(planrun.Formats, "、"))
	f.StringVar(&o.Out, "out", "", "结果写到哪个目录")
}
