package main

import (
	"github.com/spf13/cobra"

	"jiuye/internal/app"
)

func workCommand(conf *app.Config) *cobra.Command {
	return &cobra.Command{
		Use:     "work",
		Short:   "只做后台任务（导入、筛查、匹配、计数），不服务网页",
		Example: "  JIUYE_DB=postgres://jiuye@db/jiuye jiuye work --node 2 --workers 4",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := app.Open(cmd.Context(), *conf)
			if err != nil {
				return err
			}
			defer a.Close()
			return a.Work(cmd.Context())
		},
	}
}
