package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"jiuye/internal/app"
	"jiuye/internal/ground/progress"
)

func importCommand(conf *app.Config) *cobra.Command {
	var area string
	var dry bool
	cmd := &cobra.Command{
		Use:   "import 文件夹",
		Short: "导入各部门的表格（xlsx、csv、zip）",
		Long: `按表头认出每个文件是什么，逐行检查，与实名库比对后写入。
退回的行写明行号、列、值和原因，可在网页上下载错误表。同一个文件导入两次不会重复；中途断了，再导一次会从断处接着做。
文件夹里可以附清单（清单.csv 或 manifest.json），导入后逐个核对行数和校验值。
加 --dry-run 只试读：逐行检查、与实名库比对，写出同样的报告，不改动实名库，最后给出速度和内存。`,
		Example: "  jiuye import 收到的表格\n  jiuye import 收到的表格 --area 152921\n  jiuye import 收到的表格 --dry-run",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := app.Open(cmd.Context(), *conf)
			if err != nil {
				return err
			}
			defer a.Close()
			var text string
			err = withBar(func(p progress.Reporter) (err error) {
				if dry {
					text, err = a.Trial(cmd.Context(), args[0], area, p)
				} else {
					text, err = a.Import(cmd.Context(), args[0], area, p)
				}
				return err
			})
			fmt.Fprint(cmd.OutOrStdout(), text)
			return err
		},
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "只试读，不写入实名库")
	cmd.Flags().StringVar(&area, "area", "15", "这批数据属于哪个地区；地区以外的人会被退回")
	return cmd
}
