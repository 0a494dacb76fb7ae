package main

import (
	"github.com/spf13/cobra"

	"jiuye/internal/app"
	"jiuye/internal/app/policyrun"
)

func policyCommand(*app.Config) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "policy",
		Short:   "检查政策文件，对表里的人逐一判断",
		Long:    "政策写成 yaml，写法见 docs/policy.md。",
		Example: "  jiuye policy check 政策/\n  jiuye policy eval --policies 政策/ --subjects 人员.csv --at 2025-09-24 --out 结果.csv",
	}
	cmd.AddCommand(policyCheckCommand(), policyEvalCommand())
	return cmd
}

func policyCheckCommand() *cobra.Command {
	var subjects, fields string
	cmd := &cobra.Command{
		Use:     "check 文件…",
		Short:   "按系统的字段字典检查政策文件，逐处指出错误",
		Example: "  jiuye policy check R01.yaml R02.yaml",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return policyrun.Check(args, subjects, fields, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&fields, "fields", "", "用这个字段字典代替系统的，写法见 docs/policy.md")
	cmd.Flags().StringVar(&subjects, "subjects", "", "用这张表里的字段代替系统的字段字典")
	return cmd
}

func policyEvalCommand() *cobra.Command {
	var o policyrun.Options
	cmd := &cobra.Command{
		Use:     "eval",
		Short:   "用政策文件判断表里的每一个对象",
		Example: "  jiuye policy eval --policies 政策/ --subjects 人员.jsonl --at 2025-09-24 --explain --out 结果.csv",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return policyrun.Eval(cmd.Context(), o, cmd.OutOrStdout())
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.Policies, "policies", "", "政策文件或文件夹（必填）")
	f.StringVar(&o.Subjects, "subjects", "", "对象：csv、xlsx，或每行一个 JSON 的 jsonl（必填）")
	f.StringVar(&o.Fields, "fields", "", "字段字典；不写时由表里的值猜出各字段的类型")
	f.StringVar(&o.At, "at", "", "按哪一天判断，如 2025-09-24；不写用今天")
	f.StringVar(&o.ID, "id", "", "编号所在的列；不写用编号、id 或第一列")
	f.BoolVar(&o.Explain, "explain", false, "写出逐条理由")
	f.StringVar(&o.Lang, "lang", "zh", "理由用哪种文字：zh 或 en")
	f.StringVar(&o.Out, "out", "", "结果写到哪个文件：policy,subject,decision,amount_fen,missing,eligible_from,reason（必填）")
	for _, name := range []string{"policies", "subjects", "out"} {
		_ = cmd.MarkFlagRequired(name)
	}
	return cmd
}
