package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"jiuye/internal/app"
)

func serveCommand(conf *app.Config) *cobra.Command {
	var alone bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "打开网页服务（同时做后台任务）",
		Example: `  jiuye serve
  jiuye serve --listen 0.0.0.0:8080 --secure
  JIUYE_DB=postgres://jiuye@db/jiuye jiuye serve --pages-only   （后台任务另由 jiuye work 做）`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := app.Open(cmd.Context(), *conf)
			if err != nil {
				return err
			}
			defer a.Close()
			return a.Serve(cmd.Context(), !alone, func() {
				out := cmd.OutOrStdout()
				fmt.Fprintf(out, "\n就业通已打开：%s\n", conf.Address())
				if accounts := a.DemoAccounts(cmd.Context()); len(accounts) > 0 {
					fmt.Fprintf(out, "演示账号（口令都是 %s）：\n", app.DemoPassword)
					for _, acc := range accounts {
						fmt.Fprintf(out, "  %-10s %s\n", acc.Login, acc.Name)
					}
				}
				fmt.Fprintln(out, "按 Ctrl+C 停止")
			})
		},
	}
	cmd.Flags().BoolVar(&alone, "pages-only", false, "只服务网页，不做后台任务")
	return cmd
}
