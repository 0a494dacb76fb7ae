package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"jiuye/internal/app"
	"jiuye/internal/ground/progress"
)

func demoCommand(conf *app.Config) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "造演示数据并走完全过程，只差打开网页",
		Long: `造阿拉善盟 262361 人的各部门表格，导入实名库，筛查政策，匹配岗位，找出零就业家庭并建档，计算规划指标。
已有演示数据时直接给出结果；上次中断了会接着做。`,
		Example: "  jiuye demo\n  jiuye demo --data 演示 --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := app.Open(cmd.Context(), *conf)
			if err != nil {
				return err
			}
			defer a.Close()
			var sum app.DemoSummary
			err = withBar(func(p progress.Reporter) (err error) {
				sum, err = a.Demo(cmd.Context(), app.DemoOptions{}, p)
				return err
			})
			if err != nil {
				return err
			}
			if asJSON {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(sum)
			}
			fmt.Fprint(cmd.OutOrStdout(), sum.Text())
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "最后一行输出一个 JSON 对象")
	return cmd
}
