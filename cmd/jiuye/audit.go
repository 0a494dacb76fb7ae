package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"jiuye/internal/app"
)

func auditCommand(conf *app.Config) *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "查看和操作留痕", Example: "  jiuye audit verify"}
	cmd.AddCommand(&cobra.Command{
		Use:     "verify",
		Short:   "逐条核对留痕的 SM3 哈希链，指出第一处被改动或缺失的记录",
		Example: "  jiuye audit verify",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := app.Open(cmd.Context(), *conf)
			if err != nil {
				return err
			}
			defer a.Close()
			n, err := a.Audit.Verify(cmd.Context())
			if err == nil {
				fmt.Fprintf(cmd.OutOrStdout(), "共核对 %d 条留痕，没有改动，没有缺失\n", n)
			}
			return err
		},
	})
	return cmd
}
