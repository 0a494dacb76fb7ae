package main

import (
	"fmt"
	"os/user"
	"strings"

	"github.com/spf13/cobra"

	"jiuye/internal/app"
	"jiuye/internal/ground/progress"
)

func jobsCommand(conf *app.Config) *cobra.Command {
	cmd := &cobra.Command{Use: "jobs", Short: "外部岗位的导入", Example: "  jiuye jobs import 岗位.xlsx --dry-run"}
	cmd.AddCommand(jobsImport(conf))
	return cmd
}

func jobsImport(conf *app.Config) *cobra.Command {
	f := app.JobsFile{}
	cmd := &cobra.Command{
		Use:   "import 文件",
		Short: "导入外部岗位表（csv、xlsx、jsonl）",
		Long: `读取各招聘网站、公共就业服务机构和部门归集的岗位表。编码（UTF-8、GBK）、表上方的标题行、多张工作表都能认。
不写 --map 时按表头选用自带的对照表：` + strings.Join(app.JobMappings(), "、") + `。
认不出的列写进岗位描述，不丢；退回的行连同行号、列、原因写成表，改好后可以直接再导入。
同一来源的同一个岗位（按编号或链接，没有编号时按内容）再导一次不会重复，有变化的更新。`,
		Example: `  jiuye jobs import 岗位.xlsx --dry-run
  jiuye jobs import 岗位.xlsx --area 1529
  jiuye jobs import 导出.csv --map 我的对照表.yaml --full`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := app.Open(cmd.Context(), *conf)
			if err != nil {
				return err
			}
			defer a.Close()
			f.Path, f.By = args[0], "命令行"
			if u, err := user.Current(); err == nil {
				f.By = u.Username + "（命令行）"
			}
			var text string
			err = withBar(func(p progress.Reporter) (err error) {
				text, err = a.ImportJobs(cmd.Context(), f, p)
				return err
			})
			fmt.Fprint(cmd.OutOrStdout(), text)
			return err
		},
	}
	cmd.Flags().StringVar(&f.Map, "map", "", "对照表（yaml）：哪一列是什么、数据来源、编号列；不写时按表头选")
	cmd.Flags().StringVar(&f.Area, "area", "15", "这批岗位属于哪个地区：地名先在这里找，地区以外的退回")
	cmd.Flags().StringVar(&f.Errors, "errors", "", "退回表写到哪里（csv 或 xlsx）；不写时写在原文件旁边")
	cmd.Flags().BoolVar(&f.Dry, "dry-run", false, "只试读，不写入")
	cmd.Flags().BoolVar(&f.Full, "full", false, "这是该来源的全部岗位：以前有、这次没有的不再展示")
	return cmd
}
