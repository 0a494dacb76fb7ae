package main

import (
	"github.com/spf13/cobra"

	"jiuye/internal/app"
	"jiuye/internal/app/linkrun"
)

func linkCommand(*app.Config) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "link",
		Short: "找出表里的同一个人、同一个单位",
		Long:  "按模型文件（models/linkage 下有现成的，docs/linkage.md 讲怎样写）比对记录，不需要标注。",
		Example: "  jiuye link dedupe --model models/linkage/person.yaml --in 名单.csv --out 同一人.csv\n" +
			"  jiuye link match --model models/linkage/employer.yaml --left 税务.csv --right 市监.csv --out 同一单位.csv",
	}
	cmd.AddCommand(dedupeCommand(), matchCommand(), sampleCommand())
	return cmd
}

func dedupeCommand() *cobra.Command {
	o := linkrun.Options{}
	cmd := &cobra.Command{
		Use:     "dedupe",
		Short:   "一个表内查重",
		Example: "  jiuye link dedupe --model models/linkage/person.yaml --in 名册.csv --out pairs.csv --clusters clusters.csv",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return linkrun.Run(cmd.Context(), o, cmd.OutOrStdout()) },
	}
	f := cmd.Flags()
	f.StringVar(&o.Left, "in", "", "要查重的表（csv 或 xlsx，必填）")
	f.StringVar(&o.Truth, "truth", "", "真值所在的列：同一实体的值相同，只用来评测")
	_ = cmd.MarkFlagRequired("in")
	shared(cmd, &o)
	return cmd
}

func matchCommand() *cobra.Command {
	o := linkrun.Options{}
	cmd := &cobra.Command{
		Use:     "match",
		Short:   "两个表之间比对",
		Example: "  jiuye link match --model models/linkage/person.yaml --left 甲.csv --right 乙.csv --out pairs.csv",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return linkrun.Run(cmd.Context(), o, cmd.OutOrStdout()) },
	}
	f := cmd.Flags()
	f.StringVar(&o.Left, "left", "", "左表（必填）")
	f.StringVar(&o.Right, "right", "", "右表（必填）")
	f.StringVar(&o.Truth, "truth", "", "真值文件（两列 left,right，写记录编号），或两表都有的列")
	_ = cmd.MarkFlagRequired("left")
	_ = cmd.MarkFlagRequired("right")
	shared(cmd, &o)
	return cmd
}

func shared(cmd *cobra.Command, o *linkrun.Options) {
	f := cmd.Flags()
	f.StringVar(&o.Model, "model", "", "模型文件；不写时按表头和值猜各列是什么，并说出来")
	f.StringVar(&o.Out, "out", "", "结果写到哪个文件：left,right,probability,weight,rule（必填）")
	f.StringVar(&o.Clusters, "clusters", "", "分组写到哪个文件：record,cluster")
	f.StringVar(&o.Never, "never", "", "人工判定不是同一个的记录对（两列 left,right，写记录编号），任何情况下都不合并")
	f.StringVar(&o.Always, "always", "", "人工判定是同一个的记录对（同上），先于规则和打分")
	f.BoolVar(&o.Quality, "quality", false, "列出每列清洗的结果")
	_ = cmd.MarkFlagRequired("out")
}

func sampleCommand() *cobra.Command {
	mix := linkrun.IssueMix
	o := linkrun.SampleOptions{Mix: &mix}
	cmd := &cobra.Command{
		Use:     "sample",
		Short:   "造一份带真值的名册，用来量比对的好坏和快慢",
		Example: "  jiuye link sample --records 1000000 --people 600000 --out register.csv",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return linkrun.Sample(o) },
	}
	f := cmd.Flags()
	f.IntVar(&o.Records, "records", 1_000_000, "记录数")
	f.IntVar(&o.People, "people", 600_000, "人数")
	f.Uint64Var(&o.Seed, "seed", 1, "种子")
	f.Float64Var(&o.IDs, "ids", 0, "有证件号的记录占多少（0～1）")
	f.BoolVar(&o.Employers, "employers", false, "造单位名录（--people 为单位数，--ids 为有信用代码的占比），不造人员名册")
	f.Float64Var(&mix.Homophones, "homophones", mix.Homophones, "姓名写成同音字的占多少")
	f.Float64Var(&mix.Wrong, "wrong", mix.Wrong, "姓名有错字、缺字的占多少")
	f.Float64Var(&mix.Birth, "birth", mix.Birth, "出生日期有错的占多少")
	f.Float64Var(&mix.Moved, "moved", mix.Moved, "搬了家的占多少")
	f.Float64Var(&mix.NoPhone, "nophone", mix.NoPhone, "没有手机号的占多少")
	f.StringVar(&o.Out, "out", "", "写到哪个文件（必填）")
	_ = cmd.MarkFlagRequired("out")
	return cmd
}
